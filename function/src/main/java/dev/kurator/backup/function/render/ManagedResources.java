package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.BackupPolicy;
import dev.kurator.backup.apis.claim.Storage;
import dev.kurator.backup.apis.claim.StorageLocation;
import dev.kurator.backup.apis.managed.AccessMode;
import dev.kurator.backup.apis.managed.LocalSecretKeyReference;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.VeleroBackupParameters;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroInstallParameters;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.ClaimId;
import dev.kurator.backup.function.claim.PolicyHash;
import dev.kurator.backup.function.plan.Decision;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Renders decisions as managed resources. What is observed always stays. */
final class ManagedResources {

  private static final String CREDENTIALS_KEY = "cloud";
  private static final String DEFAULT_TTL = "720h";
  private static final String DEFAULT_ITEM_OPERATION_TIMEOUT = "1h";
  private static final int SECONDS_PER_OPERATION = 4;
  private static final int SHORTEST_INTERVAL = 15;

  private final ClaimId claim;
  private final Observed observed;
  private final SortedMap<String, Composed> resources = new TreeMap<>();

  private ManagedResources(ClaimId claim, Observed observed) {
    this.claim = claim;
    this.observed = observed;
  }

  static SortedMap<String, Composed> of(
      ClaimId claim, Optional<BackupIntent> intent, Plan plan, Observed observed) {
    ManagedResources rendered = new ManagedResources(claim, observed);
    observed.installs().keySet().forEach(rendered::keepInstall);
    observed.backups().keySet().forEach(rendered::keepBackup);
    for (Decision decision : plan.decisions()) {
      switch (decision) {
        case Decision.Carry carry ->
            intent.ifPresent(wanted -> rendered.carry(carry, wanted, plan.decisions().size()));
        case Decision.Keep keep -> rendered.keepBackup(keep.operation());
        case Decision.Recall _, Decision.Hold _, Decision.Expire _ -> {}
      }
    }
    return rendered.resources;
  }

  private void carry(Decision.Carry carry, BackupIntent intent, int operations) {
    String member = carry.operation().member();
    putInstall(member, installSpec(member, intent.storage()));
    putBackup(carry.operation(), backupSpec(carry, intent, operations));
  }

  private VeleroInstallSpec installSpec(String member, Storage storage) {
    StorageLocation location = storage.location();
    String folder = claim.namespace() + "/" + member;
    String prefix = location.prefix() == null ? folder : location.prefix() + "/" + folder;
    return new VeleroInstallSpec(
        new VeleroInstallParameters(
            location.under(prefix),
            AccessMode.ReadWrite,
            new LocalSecretKeyReference(storage.credentials(), CREDENTIALS_KEY)),
        List.of(),
        reference(member));
  }

  private VeleroBackupSpec backupSpec(Decision.Carry carry, BackupIntent intent, int operations) {
    Operation operation = carry.operation();
    int interval = Math.max(SHORTEST_INTERVAL, SECONDS_PER_OPERATION * operations);
    return new VeleroBackupSpec(
        new VeleroBackupParameters(
            nameOnMember(operation),
            installName(operation.member()),
            withDefaults(carry.policy().policy()),
            labels(operation),
            PolicyHash.of(carry.policy().policy()),
            intent.startDeadline(),
            interval + "s",
            intent.deletionPolicy()),
        List.of(),
        reference(operation.member()));
  }

  private static BackupPolicy withDefaults(BackupPolicy policy) {
    return new BackupPolicy(
        policy.resourceFilter(),
        Objects.requireNonNullElse(policy.ttl(), DEFAULT_TTL),
        policy.orderedResources(),
        Objects.requireNonNullElse(policy.itemOperationTimeout(), DEFAULT_ITEM_OPERATION_TIMEOUT),
        Objects.requireNonNullElse(policy.defaultVolumesToFsBackup(), true));
  }

  private void keepInstall(String member) {
    ObservedInstall install = observed.installs().get(member);
    if (install != null) {
      VeleroInstallSpec spec = install.spec();
      putInstall(
          member, new VeleroInstallSpec(spec.forProvider(), List.of(), spec.providerConfigRef()));
    }
  }

  private void keepBackup(Operation operation) {
    ObservedBackup backup = observed.backups().get(operation);
    if (backup != null) {
      VeleroBackupSpec spec = backup.spec();
      putBackup(
          operation, new VeleroBackupSpec(spec.forProvider(), List.of(), spec.providerConfigRef()));
    }
  }

  private void putInstall(String member, VeleroInstallSpec spec) {
    ObservedInstall install = observed.installs().get(member);
    boolean ready = install != null && new Health(install.status().conditions()).ready();
    Map<String, String> labels =
        Map.of(
            Names.CLAIM_NAMESPACE_LABEL, claim.namespace(), Names.CLAIM_NAME_LABEL, claim.name());
    resources.put(
        Keys.install(member),
        new Composed("VeleroInstall", claim.namespace(), installName(member), labels, spec, ready));
  }

  private void putBackup(Operation operation, VeleroBackupSpec spec) {
    ObservedBackup backup = observed.backups().get(operation);
    boolean ready = backup != null && new Health(backup.status().conditions()).ready();
    String name = backup == null ? ObjectNames.backup(claim, operation) : backup.name();
    resources.put(
        Keys.backup(operation),
        new Composed("VeleroBackup", claim.namespace(), name, labels(operation), spec, ready));
  }

  /** An observed name always wins in Crossplane, so what refers to it must say the same. */
  private String installName(String member) {
    ObservedInstall install = observed.installs().get(member);
    return install == null ? ObjectNames.install(claim, member) : install.name();
  }

  private String nameOnMember(Operation operation) {
    ObservedBackup backup = observed.backups().get(operation);
    return backup == null
        ? ObjectNames.onMember(claim, operation)
        : backup.spec().forProvider().name();
  }

  private Map<String, String> labels(Operation operation) {
    return Map.of(
        Names.CLAIM_NAMESPACE_LABEL,
        claim.namespace(),
        Names.CLAIM_NAME_LABEL,
        claim.name(),
        Names.POLICY_LABEL,
        operation.policy());
  }

  private static ProviderConfigReference reference(String member) {
    return new ProviderConfigReference(ProviderConfigReference.Kind.ClusterProviderConfig, member);
  }
}
