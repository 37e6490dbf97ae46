package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.OperationObservation;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.provider.velero.Existing;
import dev.kurator.backup.provider.velero.VeleroPhase;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
   * @param readers restores under way, asked only where data is to go
   */
  static DeletionStep decide(
      OneTimeSituation<VeleroBackupObservation> situation,
      boolean mayDelete,
      DeletionPolicy policy,
      boolean patient,
      Sight<VeleroBackupObservation> sight,
      Supplier<Readers> readers) {
    String name = situation.externalName();
    if (name == null || !mayDelete || nothingThere(situation)) {
      return new DeletionStep.LetGo(false);
    }
    return switch (policy) {
      case Retain -> retain(situation, name, patient, sight);
      case Delete -> delete(situation, name, sight, readers);
    };
  }

  /** It never began, or what has its name is not it. */
  private static boolean nothingThere(OneTimeSituation<VeleroBackupObservation> situation) {
    VeleroBackupObservation seen = situation.seen();
    if (seen == null) {
      return false;
    }
    String reason = seen.failureReason();
    return Names.NOT_STARTED.equals(seen.phase())
        || (reason != null && reason.startsWith(NameChoice.NAME_TAKEN));
  }

  private static DeletionStep retain(
      OneTimeSituation<VeleroBackupObservation> situation,
      String name,
      boolean patient,
      Sight<VeleroBackupObservation> sight) {
    return switch (sight) {
      case Sight.Blind<VeleroBackupObservation> blind ->
          patient
              ? new DeletionStep.Await("waiting a moment: " + blind.reason(), false)
              : new DeletionStep.LetGo(false);
      case Sight.Clear<VeleroBackupObservation> clear ->
          clear.objects().apply(name).filter(found -> ours(situation, found)).isPresent()
              ? new DeletionStep.Release(name)
              : new DeletionStep.LetGo(false);
    };
  }

  private static DeletionStep delete(
      OneTimeSituation<VeleroBackupObservation> situation,
      String name,
      Sight<VeleroBackupObservation> sight,
      Supplier<Readers> readers) {
    return switch (sight) {
      case Sight.Blind<VeleroBackupObservation> blind ->
          new DeletionStep.Await(blind.reason() + WAY_OUT, true);
      case Sight.Clear<VeleroBackupObservation> clear -> {
        Optional<Sight.Found<VeleroBackupObservation>> found = clear.objects().apply(name);
        if (found.isEmpty() || !ours(situation, found.get())) {
          yield new DeletionStep.LetGo(found.isEmpty());
        }
        yield data(name, found.get().observation(), readers.get());
      }
    };
  }

  /**
   * What the wish to delete a backup's data means for it: only what has ended can be deleted, and
   * only what nobody reads.
   */
  static DeletionStep data(String name, VeleroBackupObservation observation, Readers readers) {
    if (othersData(observation)) {
      return new DeletionStep.Release(name);
    }
    return switch (VeleroPhase.of(observation.phase())) {
      case Waiting, Running ->
          new DeletionStep.Await(
              "Velero deletes no backup that runs: waiting for " + name + " to end", false);
      case Completed, PartiallyFailed, Failed, Deleting ->
          readers
              .of(name)
              .<DeletionStep>map(
                  reader ->
                      new DeletionStep.Await(
                          reader + " restores from " + name + ": waiting for it to end", false))
              .orElseGet(() -> new DeletionStep.Request(name));
    };
  }

  /** Velero found a backup of this name in the bucket: to delete ours would delete that one. */
  static boolean othersData(OperationObservation observation) {
    return othersData(observation.failureReason());
  }

  /** The same, by what Velero says of the failure. */
  static boolean othersData(@Nullable String reason) {
    return reason != null && reason.contains("already exists");
  }

  /** What we saw is ours; what we never saw must look like ours. */
  private static boolean ours(
      OneTimeSituation<VeleroBackupObservation> situation,
      Sight.Found<VeleroBackupObservation> found) {
    return situation.phase() != null
        || switch (found.match()) {
          case Existing.Adoptable adoptable -> true;
          case Existing.Released released -> false;
          case Existing.Taken taken -> false;
        };
  }
}
