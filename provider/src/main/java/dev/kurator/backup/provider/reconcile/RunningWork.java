package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a restart of Velero's server would end as Failed: it gives up all that it finds InProgress
 * when it starts (velero pkg/cmd/server/server.go, markInProgressCRsFailed).
 */
final class RunningWork {

  private static final String IN_PROGRESS = "InProgress";

  private RunningWork() {}

  /**
   * The first backup or restore under way, as a message names it.
   *
   * @param server as it is: one that does not run has no work
   */
  static Optional<String> of(Target.Reached target, Deployment server) {
    if (server.getStatus() == null
        || Objects.requireNonNullElse(server.getStatus().getAvailableReplicas(), 0) == 0) {
      return Optional.empty();
    }
    return Stream.of(VeleroKind.Backup, VeleroKind.Restore)
        .flatMap(kind -> target.cluster().list(kind, target.namespace(), Map.of()).stream())
        .filter(work -> IN_PROGRESS.equals(work.get("status", "phase")))
        .findFirst()
        .map(RunningWork::name);
  }

  private static String name(GenericKubernetesResource work) {
    return "Velero's " + work.getKind() + " " + work.getMetadata().getName();
  }
}
