package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.provider.velero.Existing;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** How much of the member can be seen just now. */
sealed interface Sight {

  /** Nothing; the reason fits a condition. */
  record Blind(String reason) implements Sight {}

  /**
   * Velero's Backups can be looked up, as they are now.
   *
   * @param backups by name
   * @param obstacle why no backup may begin just now, asked only where one would
   */
  record Clear(Function<String, Optional<Found>> backups, Supplier<Optional<String>> obstacle)
      implements Sight {}

  /**
   * Velero's Backup of some name.
   *
   * @param match what it is to us
   */
  record Found(Existing match, VeleroBackupObservation observation) {}
}
