package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroRestore;
import dev.kurator.backup.apis.managed.VeleroRestoreSpec;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.apis.managed.VeleroScheduleSpec;
import dev.kurator.backup.provider.velero.VeleroKind;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a managed resource with one object on its member says of itself, whichever kind it is.
 *
 * @param kind of Velero's object
 * @param wantedName the name of that object to begin with
 * @param externalName its name, once chosen
 * @param ownership whether that object is its own
 * @param installName what it calls its VeleroInstall
 */
record Operation(
    User user,
    VeleroKind kind,
    String wantedName,
    @Nullable String externalName,
    Ownership ownership,
    String installName,
    ProviderConfigReference reference,
    Policies policies) {

  /** Of one backup. */
  static Operation of(VeleroBackup backup) {
    VeleroBackupSpec spec = backup.getSpec();
    Policies policies = Policies.of(backup, spec.managementPolicies());
    return new Operation(
        User.of(ManagedKind.VeleroBackup, backup),
        VeleroKind.Backup,
        spec.forProvider().name(),
        Annotations.of(backup).get(Names.EXTERNAL_NAME),
        Ownership.of(backup, policies),
        spec.forProvider().installName(),
        spec.providerConfigRef(),
        policies);
  }

  /** Of one schedule; with Velero's Schedule its runs are worth a look. */
  static Operation of(VeleroSchedule schedule) {
    VeleroScheduleSpec spec = schedule.getSpec();
    Policies policies = Policies.of(schedule, spec.managementPolicies());
    return new Operation(
        User.of(ManagedKind.VeleroSchedule, schedule),
        VeleroKind.Schedule,
        spec.forProvider().name(),
        Annotations.of(schedule).get(Names.EXTERNAL_NAME),
        Ownership.of(schedule, policies),
        spec.forProvider().installName(),
        spec.providerConfigRef(),
        policies);
  }

  /** Of one restore. */
  static Operation of(VeleroRestore restore) {
    VeleroRestoreSpec spec = restore.getSpec();
    Policies policies = Policies.of(restore, spec.managementPolicies());
    return new Operation(
        User.of(ManagedKind.VeleroRestore, restore),
        VeleroKind.Restore,
        spec.forProvider().name(),
        Annotations.of(restore).get(Names.EXTERNAL_NAME),
        Ownership.of(restore, policies),
        spec.forProvider().installName(),
        spec.providerConfigRef(),
        policies);
  }

  /** Name of Velero's object for messages, whether or not it is there. */
  String shownName() {
    return Objects.requireNonNullElse(externalName, wantedName);
  }

  /** Finds the member, and from now on tells of every change of it and of Velero's object. */
  Target target(Desk desk) {
    return desk.targets().resolve(user, reference, Set.of(), objects());
  }

  /**
   * The same for one that is being deleted.
   *
   * @param namespace Velero's on the member as it was when the member was seen
   */
  Target targetOfDeletion(Desk desk, Optional<String> namespace) {
    return desk.targets().resolveForDeletion(user, reference, objects(), namespace);
  }

  private Set<String> objects() {
    return externalName == null ? Set.of() : Set.of(object(externalName));
  }

  /** Velero's object of that name, as {@link Uses} knows it. */
  String object(String name) {
    return kind + "/" + name;
  }
}
