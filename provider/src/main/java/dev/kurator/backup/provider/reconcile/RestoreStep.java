package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroRestoreObservation;
import dev.kurator.backup.provider.velero.RestoreMarker;
import org.jspecify.annotations.Nullable;

/**
 * What to do next for a VeleroRestore. Where a step has a note, the member must remember that
 * before the hub hears of the step; null where it does already.
 */
sealed interface RestoreStep {

  /** It is over: nothing, ever again. */
  record Rest() implements RestoreStep {}

  /** Something must happen first. */
  record Wait(String message) implements RestoreStep {}

  /**
   * Make Velero's Restore.
   *
   * @param marker what is restored, under which name
   * @param announced whether the member has the marker already
   */
  record Create(RestoreMarker marker, boolean announced) implements RestoreStep {}

  /** The member knows this very restore from before this resource. */
  record Adopt(String name, VeleroRestoreObservation observation, @Nullable RestoreMarker note)
      implements RestoreStep {}

  /** Velero's Restore is there, or the member remembers its end: report on it. */
  record Watch(String name, VeleroRestoreObservation observation, @Nullable RestoreMarker note)
      implements RestoreStep {}

  /** It is over without Velero. */
  record End(VeleroRestoreObservation observation, @Nullable RestoreMarker note)
      implements RestoreStep {}
}
