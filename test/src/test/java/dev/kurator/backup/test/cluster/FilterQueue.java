package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Gets many backups done on one member. */
final class FilterQueue {

  private static final Set<String> WAITING = Set.of("", "New", "Queued");
  private static final Set<String> DONE =
      Set.of("Completed", "PartiallyFailed", "Failed", "FailedValidation");

  private FilterQueue() {}

  /**
   * Waits until as many Velero Backups with a label have ended, whatever with; returns them.
   *
   * <p>Velero looks into its queue when a backup comes in, otherwise once a minute. So one of those
   * that wait comes in again whenever nothing runs.
   */
  static List<GenericKubernetesResource> drain(
      Member member, String label, String value, int count, Duration patience) {
    member.awaitVelero(patience);
    var backups =
        Kind.VELERO_IO_BACKUP
            .on(member.client())
            .inNamespace(Member.VELERO)
            .withLabel(label, value);
    return Await.untilAll(
        count + " backups have ended",
        patience,
        backups,
        found -> {
          found.stream()
              .filter(backup -> State.phase(backup).equals("Queued"))
              .filter(backup -> found.stream().noneMatch(FilterQueue::runs))
              .findAny()
              .ifPresent(backup -> comeInAgain(member, backup));
          return found.stream().filter(FilterQueue::ended).count() == count;
        });
  }

  private static boolean ended(GenericKubernetesResource backup) {
    return DONE.contains(State.phase(backup));
  }

  private static boolean runs(GenericKubernetesResource backup) {
    return !ended(backup) && !WAITING.contains(State.phase(backup));
  }

  private static void comeInAgain(Member member, GenericKubernetesResource backup) {
    Resource<GenericKubernetesResource> queued =
        Kind.VELERO_IO_BACKUP
            .on(member.client())
            .inNamespace(Member.VELERO)
            .withName(backup.getMetadata().getName());
    try {
      queued.patch(
          PatchContext.of(PatchType.JSON),
          """
          [{"op": "test", "path": "/status/phase", "value": "Queued"},
           {"op": "replace", "path": "/status/phase", "value": "New"}]
          """);
    } catch (KubernetesClientException e) {
      // 422: it has left the queue meanwhile
      if (e.getCode() != 422) {
        throw e;
      }
    }
  }
}
