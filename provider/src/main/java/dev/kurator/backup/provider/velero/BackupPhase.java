package dev.kurator.backup.provider.velero;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one of Velero's phases of a Backup means to us. */
public enum BackupPhase {
  /** No phase, or a phase before any work. */
  Waiting,
  /** At work; also every phase that we do not know, since newer Veleros add some. */
  Running,
  /** Over, everything taken. */
  Completed,
  /** Over, something is missing. */
  PartiallyFailed,
  /** Over, nothing usable; includes a refusal by Velero's validation. */
  Failed,
  /** Being deleted with its data. */
  Deleting;

  private static final Map<String, BackupPhase> KNOWN =
      Map.of(
          "New", Waiting,
          "Queued", Waiting,
          "ReadyToStart", Waiting,
          "Completed", Completed,
          "PartiallyFailed", PartiallyFailed,
          "Failed", Failed,
          "FailedValidation", Failed,
          "Deleting", Deleting);

  /**
   * Sorts a phase.
   *
   * @param phase Velero's word for it, null where there is none yet
   */
  public static BackupPhase of(@Nullable String phase) {
    if (phase == null || phase.isEmpty()) {
      return Waiting;
    }
    return KNOWN.getOrDefault(phase, Running);
  }

  /** Whether Velero will do nothing more. */
  public boolean terminal() {
    return switch (this) {
      case Completed, PartiallyFailed, Failed -> true;
      case Waiting, Running, Deleting -> false;
    };
  }
}
