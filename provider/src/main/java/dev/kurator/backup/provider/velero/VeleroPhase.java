package dev.kurator.backup.provider.velero;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one of Velero's phases of a Backup or a Restore means to us. */
public enum VeleroPhase {
  /** No phase, or a phase before any work. */
  Waiting,
  /** At work; also every phase that we do not know, since newer Veleros add some. */
  Running,
  /** Over, everything taken or restored. */
  Completed,
  /** Over, something is missing. */
  PartiallyFailed,
  /** Over, nothing usable; includes a refusal by Velero's validation. */
  Failed,
  /** Being deleted with its data. */
  Deleting;

  private static final Map<String, VeleroPhase> KNOWN =
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
  public static VeleroPhase of(@Nullable String phase) {
    if (phase == null || phase.isEmpty()) {
      return Waiting;
    }
    return KNOWN.getOrDefault(phase, Running);
  }

  /** The same of a Backup or Restore as it is on a member. */
  public static VeleroPhase of(GenericKubernetesResource object) {
    return of(Fields.of(object).in("status").textOrNull("phase"));
  }

  /** Whether Velero will do nothing more. */
  public boolean terminal() {
    return switch (this) {
      case Completed, PartiallyFailed, Failed -> true;
      case Waiting, Running, Deleting -> false;
    };
  }
}
