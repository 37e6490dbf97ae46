package dev.kurator.backup.test.cluster;

import dev.kurator.backup.provider.reconcile.ClaimBudget;
import dev.kurator.backup.provider.reconcile.ClaimBudget.Allowance;
import dev.kurator.backup.provider.reconcile.ClaimBudget.Word;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Writes what the provider writes, in its order and with its budget, as if every member had
 * answered: an install is ready, an operation is announced, then it has ended.
 */
final class PlayedProvider implements AutoCloseable {

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final String CONDITIONS =
      """
      "conditions": [
        {"type": "Ready", "status": "True", "reason": "Available",
         "lastTransitionTime": "2026-01-01T12:00:00Z"},
        {"type": "Synced", "status": "True", "reason": "ReconcileSuccess",
         "lastTransitionTime": "2026-01-01T12:00:00Z"}]
      """;

  private final Hub hub;
  private final String namespace;
  private final boolean paced;
  private final ClaimBudget<String> budget = new ClaimBudget<>(Allowance.DEFAULT, Instant.now());
  private final Queue<GenericKubernetesResource> created = new ConcurrentLinkedQueue<>();
  private final Set<String> waiting = new HashSet<>();
  private final Set<String> done = new HashSet<>();
  private final List<SharedIndexInformer<GenericKubernetesResource>> informers = new ArrayList<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

  /**
   * Begins to play.
   *
   * @param paced whether the budget is heeded
   */
  PlayedProvider(Hub hub, String namespace, boolean paced) {
    this.hub = hub;
    this.namespace = namespace;
    this.paced = paced;
    for (Kind kind : List.of(Kind.VELERO_INSTALL, Kind.VELERO_BACKUP)) {
      informers.add(
          kind.on(hub.client())
              .inNamespace(namespace)
              .inform(
                  new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(GenericKubernetesResource object) {
                      created.add(object);
                    }

                    @Override
                    public void onUpdate(
                        GenericKubernetesResource before, GenericKubernetesResource now) {}

                    @Override
                    public void onDelete(GenericKubernetesResource object, boolean unknown) {}
                  }));
    }
    ScheduledFuture<?> _ =
        thread.scheduleWithFixedDelay(this::turn, 1000, 500, TimeUnit.MILLISECONDS);
  }

  private void turn() {
    try {
      Instant now = Instant.now();
      for (var object = created.poll(); object != null; object = created.poll()) {
        budget.created(name(object), install(object), now);
      }
      budget.due(now).forEach(waiting::remove);
      informers.get(0).getStore().list().forEach(this::ready);
      informers.get(1).getStore().list().forEach(this::backup);
    } catch (RuntimeException e) {
      // The next turn tries again, as the provider does.
      System.err.println("played provider: " + e);
    }
  }

  private void ready(GenericKubernetesResource install) {
    if (!done.contains(name(install)) && may(install, Word.OPENING)) {
      write(
          install,
          "{\"status\": {\"atProvider\": {\"memberIdentity\": \"%s\"}, %s}}"
              .formatted(install.getMetadata().getUid(), CONDITIONS));
    }
  }

  private void backup(GenericKubernetesResource backup) {
    if (done.contains(name(backup)) || !install(backup).filter(done::contains).isPresent()) {
      return;
    }
    if (!backup.getMetadata().getAnnotations().containsKey("crossplane.io/external-name")) {
      budget.updated(Instant.now());
      on(backup)
          .patch(
              MERGE,
              """
              {"metadata": {"annotations": {"crossplane.io/external-name": "%s",
                "crossplane.io/external-create-pending": "2026-01-01T12:00:00Z"}}}
              """
                  .formatted(State.text(backup, "spec", "forProvider", "name")));
    } else if (may(backup, Word.OUTCOME)) {
      write(
          backup,
          """
          {"status": {"atProvider": {"phase": "Completed",
            "startTimestamp": "2026-01-01T12:00:00Z",
            "completionTimestamp": "2026-01-01T12:01:00Z"}, %s}}
          """
              .formatted(CONDITIONS));
    }
  }

  /** Who waits is not asked again before its turn. */
  private boolean may(GenericKubernetesResource object, Word word) {
    String name = name(object);
    if (!paced) {
      return true;
    }
    if (waiting.contains(name)) {
      return false;
    }
    boolean may = budget.may(name, word, Instant.now());
    if (!may) {
      waiting.add(name);
    }
    return may;
  }

  private void write(GenericKubernetesResource object, String status) {
    budget.updated(Instant.now());
    on(object).subresource("status").patch(MERGE, status);
    done.add(name(object));
  }

  private Resource<GenericKubernetesResource> on(GenericKubernetesResource object) {
    Kind kind = object.getKind().equals("VeleroInstall") ? Kind.VELERO_INSTALL : Kind.VELERO_BACKUP;
    return kind.on(hub.client()).inNamespace(namespace).withName(object.getMetadata().getName());
  }

  private static Optional<String> install(GenericKubernetesResource object) {
    return Optional.of(State.text(object, "spec", "forProvider", "installName"))
        .filter(name -> !name.isEmpty())
        .map(name -> "VeleroInstall/" + name);
  }

  private static String name(GenericKubernetesResource object) {
    return object.getKind() + "/" + object.getMetadata().getName();
  }

  @Override
  public void close() {
    thread.shutdownNow();
    informers.forEach(SharedIndexInformer::close);
  }
}
