package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.provider.velero.Existing;
import dev.kurator.backup.provider.velero.NameClash;
import dev.kurator.backup.provider.velero.VeleroPhase;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The end of a VeleroBackup: backup data goes only where the user asked for it. No clock, no I/O.
 */
final class DeletionDecisions {

  private static final String WAY_OUT = "; without Delete in managementPolicies it lets go";

  /** Why what has the external name stays. */
  static final String NOT_OWN =
      "this resource did not make or adopt it (annotation " + Names.OWNED + ")";

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
    if (situation.ownership() == Ownership.None) {
      return new DeletionStep.Leave(NOT_OWN);
    }
    return switch (policy) {
      case Retain -> retain(name, patient, sight);
      case Delete -> delete(name, sight, readers);
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
        || NameClash.is(reason)
        || (reason != null && reason.startsWith(NameChoice.NAME_TAKEN));
  }

  private static DeletionStep retain(
      String name, boolean patient, Sight<VeleroBackupObservation> sight) {
    return switch (sight) {
      case Sight.Blind<VeleroBackupObservation> blind ->
          patient
              ? new DeletionStep.Await("waiting a moment: " + blind.reason(), false)
              : new DeletionStep.LetGo(false);
      case Sight.Clear<VeleroBackupObservation> clear ->
          clear
              .objects()
              .apply(name)
              .map(found -> reason(found).orElseGet(() -> new DeletionStep.Release(name)))
              .orElseGet(() -> new DeletionStep.LetGo(false));
    };
  }

  private static DeletionStep delete(
      String name, Sight<VeleroBackupObservation> sight, Supplier<Readers> readers) {
    return switch (sight) {
      case Sight.Blind<VeleroBackupObservation> blind ->
          new DeletionStep.Await(blind.reason() + WAY_OUT, true);
      case Sight.Clear<VeleroBackupObservation> clear -> {
        Optional<Sight.Found<VeleroBackupObservation>> found = clear.objects().apply(name);
        yield found
            .map(
                there ->
                    reason(there).orElseGet(() -> data(name, there.observation(), readers.get())))
            .orElseGet(() -> new DeletionStep.LetGo(true));
      }
    };
  }

  /**
   * What the wish to delete a backup's data means for it: only what has ended can be deleted, and
   * only what nobody reads.
   */
  static DeletionStep data(String name, VeleroBackupObservation observation, Readers readers) {
    if (NameClash.is(observation.failureReason())) {
      return new DeletionStep.LetGo(false);
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

  /** Why what has the name now is left as it is; empty where it is this resource's own. */
  private static Optional<DeletionStep> reason(Sight.Found<VeleroBackupObservation> found) {
    if (NameClash.is(found.observation().failureReason())) {
      return Optional.of(new DeletionStep.LetGo(false));
    }
    return switch (found.match()) {
      case Existing.Adoptable adoptable -> Optional.empty();
      case Existing.Released released -> Optional.of(new DeletionStep.LetGo(false));
      case Existing.Taken(String reason) -> Optional.of(new DeletionStep.Leave(reason));
    };
  }
}
