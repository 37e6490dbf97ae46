package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroRestoreObservation;
import dev.kurator.backup.provider.velero.BackupChoice;
import dev.kurator.backup.provider.velero.RestoreMarker;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** How much of a VeleroRestore's member can be seen just now. */
sealed interface RestoreSight {

  /** Nothing; the reason fits a condition. */
  record Blind(String reason) implements RestoreSight {}

  /**
   * All of it, each part asked only where it matters.
   *
   * @param restore Velero's Restore of the wanted name, as it is now
   * @param memory what the member remembers of it
   * @param obstacle why none may be made just now
   * @param choice which Backup it would be of
   * @param marker what the member would have to remember of it
   */
  record Clear(
      Supplier<Optional<Sight.Found<VeleroRestoreObservation>>> restore,
      Supplier<Memory> memory,
      Supplier<Optional<String>> obstacle,
      Supplier<BackupChoice> choice,
      Function<BackupChoice.Chosen, RestoreMarker> marker)
      implements RestoreSight {}

  /** What a member remembers of a Restore by its name. */
  sealed interface Memory {

    /** Nothing. */
    record Blank() implements Memory {}

    /** This very restore. */
    record Ours(RestoreMarker marker) implements Memory {}

    /** Another one; the reason says what tells them apart. */
    record Other(String reason) implements Memory {}
  }
}
