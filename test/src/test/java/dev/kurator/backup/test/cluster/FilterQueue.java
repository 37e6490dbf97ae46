package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

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
   * that wait comes in again while nothing runs on the member: at most once a second, since Velero
   * runs a backup twice that comes in again at the moment when it is started.
   */
  static List<GenericKubernetesResource> drain(
      Member member, String label, String value, int count, Duration patience) {
    member.awaitVelero(patience);
    var backups = Kind.VELERO_IO_BACKUP.on(member.client()).inNamespace(Member.VELERO);
    AtomicBoolean soon = new AtomicBoolean();
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
                    .filter(queued -> soon.compareAndSet(false, true))
                    .ifPresent(queued -> comeInAgainSoon(member, queued, soon));
              }
              return ours.stream().filter(FilterQueue::ended).count() == count;
            }));
  }

  private static void comeInAgainSoon(
      Member member, GenericKubernetesResource backup, AtomicBoolean soon) {
    CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)
        .execute(
            () -> {
              soon.set(false);
              comeInAgain(member, backup);
            });
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
