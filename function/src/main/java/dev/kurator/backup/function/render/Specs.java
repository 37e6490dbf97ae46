package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.BackupPolicy;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.VeleroBackupParameters;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.apis.managed.VeleroScheduleParameters;
import dev.kurator.backup.apis.managed.VeleroScheduleSpec;
import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.Timing;
import dev.kurator.backup.function.plan.Decision;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Site;
import dev.kurator.backup.function.plan.Way;
import java.util.List;
import java.util.Objects;

/**
 * What the backups of a claim ask of its managed resources.
 *
 * @param names their names
 * @param intent the claim
 * @param operations how many operations there are: the more, the less often each tells its progress
 */
record Specs(ObjectNames names, BackupIntent intent, int operations) {

  /** Time that a backup is kept where its policy names none, as a Go duration. */
  static final String DEFAULT_TTL = "720h";

  /** Time that plugins get where a policy names none, as a Go duration. */
  static final String DEFAULT_ITEM_OPERATION_TIMEOUT = "1h";

  private static final int SECONDS_PER_OPERATION = 4;
  private static final int SHORTEST_INTERVAL = 15;

  VeleroInstallSpec install(Decision.Carry carry) {
    Site site = Site.own(carry.operation().member());
    ObservedInstall there = names.observed().installs().get(site);
    return InstallSpecs.of(
        new Way(
            site,
            intent.storage(),
            names.given().claim().namespace(),
            there == null ? reference(carry) : there.spec().providerConfigRef(),
            null));
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

  /** Shortest time between two writes of progress, as a Go duration. */
  static String progressInterval(int operations) {
    return Math.max(SHORTEST_INTERVAL, SECONDS_PER_OPERATION * operations) + "s";
  }

  private VeleroBackupParameters backup(Decision.Carry carry, String startDeadline) {
    Operation operation = carry.operation();
    return new VeleroBackupParameters(
        names.onMember(operation),
        names.install(Site.own(operation.member())),
        withDefaults(carry.policy().policy()),
        names.given().labels(operation.policy()),
        carry.policy().hash(),
        startDeadline,
        progressInterval(operations),
        intent.deletionPolicy());
  }

  private VeleroScheduleParameters schedule(Decision.Carry carry, Timing.Scheduled scheduled) {
    Operation operation = carry.operation();
    return new VeleroScheduleParameters(
        names.onMember(operation),
        names.install(Site.own(operation.member())),
        scheduled.cron(),
        scheduled.paused() ? true : null,
        withDefaults(carry.policy().policy()),
        names.given().labels(operation.policy()),
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
