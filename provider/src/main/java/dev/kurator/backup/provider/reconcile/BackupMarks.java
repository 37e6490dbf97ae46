package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.provider.velero.BackupPhase;
import java.util.List;
import java.util.Objects;

/** The conditions that an observed backup deserves. */
final class BackupMarks {

  private BackupMarks() {}

  /**
   * Ready and Synced.
   *
   * @param name Velero's Backup, for the messages
   * @param adopted whether it is from before the resource
   */
  static List<Mark> of(String name, VeleroBackupObservation seen, boolean adopted) {
    Mark synced =
        adopted
            ? Mark.adopted(
                "Velero's Backup " + name + " is from before this resource" + begun(seen))
            : Mark.synced();
    return List.of(ready(name, seen), synced);
  }

  private static Mark ready(String name, VeleroBackupObservation seen) {
    if (Names.NOT_STARTED.equals(seen.phase())) {
      return Mark.unavailable(reason(seen, "did not start before its deadline"));
    }
    return switch (BackupPhase.of(seen.phase())) {
      case Completed -> Mark.available(warnings(seen) ? counts(name, seen) : null);
      case PartiallyFailed -> Mark.unavailable(counts(name, seen));
      case Failed -> Mark.unavailable(reason(seen, "Velero's Backup " + name + " failed"));
      case Waiting -> Mark.creating("waiting for Velero to begin Backup " + name);
      case Running -> Mark.creating("Velero is taking Backup " + name);
      case Deleting -> Mark.creating("Velero is deleting Backup " + name);
    };
  }

  private static String begun(VeleroBackupObservation seen) {
    return seen.startTimestamp() == null ? "" : ": begun " + seen.startTimestamp();
  }

  private static boolean warnings(VeleroBackupObservation seen) {
    return Objects.requireNonNullElse(seen.warnings(), 0L) > 0;
  }

  private static String counts(String name, VeleroBackupObservation seen) {
    String counted =
        "Velero counted %d errors and %d warnings; `velero backup logs %s` on the member shows them"
            .formatted(
                Objects.requireNonNullElse(seen.errors(), 0L),
                Objects.requireNonNullElse(seen.warnings(), 0L),
                name);
    return seen.failureReason() == null ? counted : seen.failureReason() + "; " + counted;
  }

  private static String reason(VeleroBackupObservation seen, String otherwise) {
    if (!seen.validationErrors().isEmpty()) {
      return "Velero refused the Backup: " + String.join("; ", seen.validationErrors());
    }
    return Objects.requireNonNullElse(seen.failureReason(), otherwise);
  }
}
