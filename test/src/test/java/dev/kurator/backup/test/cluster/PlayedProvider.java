package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Writes what the provider writes, in its order, as if every member had answered at once: an
 * install is ready, an operation gets its external name, runs, and has ended.
 */
final class PlayedProvider implements AutoCloseable {

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final List<Kind> KINDS =
      List.of(Kind.VELERO_INSTALL, Kind.VELERO_BACKUP, Kind.VELERO_SCHEDULE);
  private static final String READY =
      """
      "conditions": [
        {"type": "Ready", "status": "True", "reason": "Available",
         "lastTransitionTime": "2026-01-01T12:00:00Z"},
        {"type": "Synced", "status": "True", "reason": "ReconcileSuccess",
         "lastTransitionTime": "2026-01-01T12:00:00Z"}]
      """;

  private final Hub hub;
  private final String namespace;
  private final Set<String> written = new HashSet<>();
  private final List<SharedIndexInformer<GenericKubernetesResource>> informers = new ArrayList<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private volatile boolean held;
  private volatile Instant lastBegun = Instant.EPOCH;

  /**
   * Begins to play.
   *
   * @param namespace of the claims
   */
  PlayedProvider(Hub hub, String namespace) {
    this.hub = hub;
    this.namespace = namespace;
    for (Kind kind : KINDS) {
      informers.add(kind.on(hub.client()).inNamespace(namespace).runnableInformer(0).run());
    }
    ScheduledFuture<?> _ =
        thread.scheduleWithFixedDelay(this::play, 500, 500, TimeUnit.MILLISECONDS);
  }

  /** From now on backups begin and do not end, or end after all. */
  void hold(boolean backups) {
    held = backups;
  }

  /** When the last backup got its external name. */
  Instant lastBegun() {
    return lastBegun;
  }

  private void play() {
    try {
      informers.get(0).getStore().list().forEach(this::install);
      informers.get(1).getStore().list().forEach(this::backup);
      informers.get(2).getStore().list().forEach(this::schedule);
    } catch (RuntimeException e) {
      // It is tried again, as the provider does.
      System.err.println("played provider: " + e);
    }
  }

  private void install(GenericKubernetesResource install) {
    write(
        install,
        "ready",
        "{\"status\": {\"atProvider\": {\"memberIdentity\": \"%s\"}, %s}}"
            .formatted(install.getMetadata().getUid(), READY));
  }

  private void backup(GenericKubernetesResource backup) {
    if (!hasBegun(backup)) {
      return;
    }
    write(backup, "runs", "{\"status\": {\"atProvider\": %s}}".formatted(atProvider("InProgress")));
    if (!held) {
      write(
          backup,
          "ended",
          "{\"status\": {\"atProvider\": %s, %s}}".formatted(atProvider("Completed"), READY));
    }
  }

  private static String atProvider(String phase) {
    return """
    {"phase": "%s", "startTimestamp": "2026-01-01T12:00:00Z",
     "completionTimestamp": "2026-01-01T12:01:00Z"}
    """
        .formatted(phase);
  }

  private void schedule(GenericKubernetesResource schedule) {
    if (hasBegun(schedule)) {
      write(
          schedule,
          "enabled",
          "{\"status\": {\"atProvider\": {\"phase\": \"Enabled\"}, %s}}".formatted(READY));
    }
  }

  /** Once its install is ready, an operation gets its external name. */
  private boolean hasBegun(GenericKubernetesResource operation) {
    if (!install(operation, "ready")) {
      return false;
    }
    if (written.add(key(operation, "begun"))) {
      on(operation)
          .patch(
              MERGE,
              """
              {"metadata": {"annotations": {"crossplane.io/external-name": "%s",
                "crossplane.io/external-create-pending": "2026-01-01T12:00:00Z"}}}
              """
                  .formatted(State.text(operation, "spec", "forProvider", "name")));
      lastBegun = Instant.now();
    }
    return true;
  }

  private boolean install(GenericKubernetesResource operation, String state) {
    String name = State.text(operation, "spec", "forProvider", "installName");
    return Optional.ofNullable(informers.get(0).getStore().getByKey(namespace + "/" + name))
        .filter(install -> written.contains(key(install, state)))
        .isPresent();
  }

  private void write(GenericKubernetesResource object, String state, String status) {
    if (!written.contains(key(object, state))) {
      on(object).subresource("status").patch(MERGE, status);
      written.add(key(object, state));
    }
  }

  private Resource<GenericKubernetesResource> on(GenericKubernetesResource object) {
    Kind kind =
        KINDS.stream()
            .filter(one -> one.title().equals(object.getKind()))
            .findFirst()
            .orElseThrow();
    return kind.on(hub.client()).inNamespace(namespace).withName(object.getMetadata().getName());
  }

  private static String key(GenericKubernetesResource object, String state) {
    return object.getMetadata().getUid() + " " + state;
  }

  @Override
  public void close() {
    thread.shutdownNow();
    informers.forEach(SharedIndexInformer::close);
  }
}
