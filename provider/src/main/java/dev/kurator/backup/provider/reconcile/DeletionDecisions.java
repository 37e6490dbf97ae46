package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.provider.velero.BackupPhase;
import dev.kurator.backup.provider.velero.Existing;
import java.util.Optional;

/**
 * The end of a VeleroBackup: backup data goes only where the user asked for it. No clock, no I/O.
 */
final class DeletionDecisions {

  private static final String WAY_OUT = "; without Delete in managementPolicies it lets go";

  private DeletionDecisions() {}

  /**
   * What to do next.
   *
   * @param mayDelete whether the management policies allow anything
   * @param policy what the user wants done with the data
   * @param patient whether the time for a first answer of the member is not over yet
   */
  static DeletionStep decide(
      BackupSituation situation,
      boolean mayDelete,
      DeletionPolicy policy,
      boolean patient,
      Sight<VeleroBackupObservation> sight) {
    String name = situation.externalName();
    if (name == null || !mayDelete || nothingThere(situation)) {
      return new DeletionStep.LetGo();
    }
    return switch (policy) {
      case Retain -> retain(situation, name, patient, sight);
      case Delete -> delete(situation, name, sight);
    };
  }

  /** It never began, or what has its name is not it. */
  private static boolean nothingThere(BackupSituation situation) {
    VeleroBackupObservation seen = situation.seen();
    if (seen == null) {
      return false;
    }
    String reason = seen.failureReason();
    return Names.NOT_STARTED.equals(seen.phase())
        || (reason != null && reason.startsWith(NameChoice.NAME_TAKEN));
  }

  private static DeletionStep retain(
      BackupSituation situation,
      String name,
      boolean patient,
      Sight<VeleroBackupObservation> sight) {
    return switch (sight) {
      case Sight.Blind<VeleroBackupObservation> blind ->
          patient
              ? new DeletionStep.Await("waiting a moment: " + blind.reason(), false)
              : new DeletionStep.LetGo();
      case Sight.Clear<VeleroBackupObservation> clear ->
          clear.objects().apply(name).filter(found -> ours(situation, found)).isPresent()
              ? new DeletionStep.Release(name)
              : new DeletionStep.LetGo();
    };
  }

  private static DeletionStep delete(
      BackupSituation situation, String name, Sight<VeleroBackupObservation> sight) {
    return switch (sight) {
      case Sight.Blind<VeleroBackupObservation> blind ->
          new DeletionStep.Await(blind.reason() + WAY_OUT, true);
      case Sight.Clear<VeleroBackupObservation> clear -> {
        Optional<Sight.Found<VeleroBackupObservation>> found = clear.objects().apply(name);
        if (found.isEmpty() || !ours(situation, found.get())) {
          yield new DeletionStep.LetGo();
        }
        yield data(name, found.get().observation());
      }
    };
  }

  /** What the wish to delete a backup's data means for it: only what has ended can be deleted. */
  static DeletionStep data(String name, VeleroBackupObservation observation) {
    if (othersData(observation)) {
      return new DeletionStep.Release(name);
    }
    return switch (BackupPhase.of(observation.phase())) {
      case Waiting, Running ->
          new DeletionStep.Await(
              "Velero deletes no backup that runs: waiting for " + name + " to end", false);
      case Completed, PartiallyFailed, Failed, Deleting -> new DeletionStep.Request(name);
    };
  }

  /** Velero found a backup of this name in the bucket: to delete ours would delete that one. */
  private static boolean othersData(VeleroBackupObservation observation) {
    String reason = observation.failureReason();
    return reason != null && reason.contains("already exists");
  }

  /** What we saw is ours; what we never saw must look like ours. */
  private static boolean ours(
      BackupSituation situation, Sight.Found<VeleroBackupObservation> found) {
    return situation.phase() != null
        || switch (found.match()) {
          case Existing.Adoptable adoptable -> true;
          case Existing.Released released -> false;
          case Existing.Taken taken -> false;
        };
  }
}
