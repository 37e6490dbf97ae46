package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.BackupPolicy;
import dev.kurator.backup.apis.claim.StorageLocation;
import dev.kurator.backup.apis.managed.AccessMode;
import dev.kurator.backup.apis.managed.LocalSecretKeyReference;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.VeleroBackupParameters;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroInstallParameters;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.apis.managed.VeleroScheduleParameters;
import dev.kurator.backup.apis.managed.VeleroScheduleSpec;
import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.Timing;
import dev.kurator.backup.function.plan.Decision;
import dev.kurator.backup.function.plan.Operation;
import java.util.List;
import java.util.Objects;

/**
 * What the claim asks of its managed resources.
 *
 * @param names their names
 * @param intent the claim
 * @param operations how many operations there are: the more, the less often each tells its progress
 */
record Specs(ObjectNames names, BackupIntent intent, int operations) {

  /** Time that a backup is kept where its policy names none, as a Go duration. */
  static final String DEFAULT_TTL = "720h";

  private static final String CREDENTIALS_KEY = "cloud";
  private static final String DEFAULT_ITEM_OPERATION_TIMEOUT = "1h";
  private static final int SECONDS_PER_OPERATION = 4;
  private static final int SHORTEST_INTERVAL = 15;

  VeleroInstallSpec install(Decision.Carry carry) {
    String member = carry.operation().member();
    StorageLocation location = intent.storage().location();
    String folder = names.claim().namespace() + "/" + member;
    String prefix = location.prefix() == null ? folder : location.prefix() + "/" + folder;
    ObservedInstall there = names.observed().installs().get(member);
    return new VeleroInstallSpec(
        new VeleroInstallParameters(
            location.under(prefix),
            AccessMode.ReadWrite,
            new LocalSecretKeyReference(intent.storage().credentials(), CREDENTIALS_KEY)),
        List.of(),
        there == null ? reference(carry) : there.spec().providerConfigRef());
  }

  /** Spec of an operation's managed resource. */
  Record operation(Decision.Carry carry) {
    ObservedOperation there = names.observed().operations().get(carry.operation());
    ProviderConfigReference member = there == null ? reference(carry) : there.member();
    return switch (intent.timing()) {
      case Timing.Once once ->
          new VeleroBackupSpec(backup(carry, once.startDeadline()), List.of(), member);
      case Timing.Scheduled scheduled ->
          new VeleroScheduleSpec(schedule(carry, scheduled), List.of(), member);
    };
  }

  private VeleroBackupParameters backup(Decision.Carry carry, String startDeadline) {
    Operation operation = carry.operation();
    int interval = Math.max(SHORTEST_INTERVAL, SECONDS_PER_OPERATION * operations);
    return new VeleroBackupParameters(
        names.onMember(operation),
        names.install(operation.member()),
        withDefaults(carry.policy().policy()),
        names.labels(operation),
        carry.policy().hash(),
        startDeadline,
        interval + "s",
        intent.deletionPolicy());
  }

  private VeleroScheduleParameters schedule(Decision.Carry carry, Timing.Scheduled scheduled) {
    Operation operation = carry.operation();
    return new VeleroScheduleParameters(
        names.onMember(operation),
        names.install(operation.member()),
        scheduled.cron(),
        scheduled.paused() ? true : null,
        withDefaults(carry.policy().policy()),
        names.labels(operation),
        carry.policy().hash(),
        intent.deletionPolicy());
  }

  private static ProviderConfigReference reference(Decision.Carry carry) {
    return new ProviderConfigReference(carry.registration(), carry.operation().member());
  }

  private static BackupPolicy withDefaults(BackupPolicy policy) {
    return new BackupPolicy(
        policy.resourceFilter(),
        Objects.requireNonNullElse(policy.ttl(), DEFAULT_TTL),
        policy.orderedResources(),
        Objects.requireNonNullElse(policy.itemOperationTimeout(), DEFAULT_ITEM_OPERATION_TIMEOUT),
        Objects.requireNonNullElse(policy.defaultVolumesToFsBackup(), true));
  }
}
