package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.velero.VeleroPhase;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/** Whether Velero is at work on a Backup or a Restore. */
final class Running {

  private Running() {}

  /** At work: one that only waits for its turn does not count, its engine may be gone. */
  static boolean is(GenericKubernetesResource work) {
    return VeleroPhase.of(work) == VeleroPhase.Running;
  }
}
