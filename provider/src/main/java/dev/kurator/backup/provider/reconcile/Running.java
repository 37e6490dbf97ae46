package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.velero.Restores;
import dev.kurator.backup.provider.velero.VeleroKind;
import dev.kurator.backup.provider.velero.VeleroPhase;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether Velero is at work on a Backup or a Restore. */
final class Running {

  private Running() {}

  /** At work: one that only waits for its turn does not count, its engine may be gone. */
  private static boolean is(GenericKubernetesResource work) {
    return VeleroPhase.of(work) == VeleroPhase.Running;
  }

  /**
   * The first of these Backups, or of the Restores from them, that is at work, as a message names
   * it. A Restore may be one whose VeleroRestore is gone: it was told to let go of it.
   */
  static Optional<String> with(Target.Reached target, List<GenericKubernetesResource> backups) {
    Set<String> names =
        backups.stream()
            .map(backup -> backup.getMetadata().getName())
            .collect(Collectors.toUnmodifiableSet());
    return Stream.concat(
            backups.stream(),
            target.cluster().list(VeleroKind.Restore, target.namespace(), Map.of()).stream()
                .filter(restore -> names.contains(Restores.backupName(restore))))
        .filter(Running::is)
        .findFirst()
        .map(work -> "Velero's " + work.getKind() + " " + work.getMetadata().getName());
  }
}
