package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

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
   * that wait comes in again when a backup of this member has ended and nothing runs on it: once
   * for each end, since Velero has run a backup twice that came in again while it was started.
   */
  static List<GenericKubernetesResource> drain(
      Member member, String label, String value, int count, Duration patience) {
    member.awaitVelero(patience);
    var backups = Kind.VELERO_IO_BACKUP.on(member.client()).inNamespace(Member.VELERO);
    AtomicReference<Set<String>> before = new AtomicReference<>();
    return with(
        label,
        value,
        Await.untilAll(
            count + " backups have ended",
            patience,
            backups,
            all -> {
              List<GenericKubernetesResource> ours = with(label, value, all);
              if (all.stream().noneMatch(FilterQueue::runs)) {
                ours.stream()
                    .filter(backup -> State.phase(backup).equals("Queued"))
                    .findAny()
                    .filter(queued -> !endedOf(all).equals(before.getAndSet(endedOf(all))))
                    .ifPresent(queued -> comeInAgain(member, queued));
              }
              return ours.stream().filter(FilterQueue::ended).count() == count;
            }));
  }

  private static Set<String> endedOf(List<GenericKubernetesResource> backups) {
    return backups.stream()
        .filter(FilterQueue::ended)
        .map(backup -> backup.getMetadata().getUid())
        .collect(Collectors.toSet());
  }

  private static List<GenericKubernetesResource> with(
      String label, String value, List<GenericKubernetesResource> backups) {
    return backups.stream()
        .filter(backup -> backup.getMetadata().getLabels() != null)
        .filter(backup -> value.equals(backup.getMetadata().getLabels().get(label)))
        .toList();
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
