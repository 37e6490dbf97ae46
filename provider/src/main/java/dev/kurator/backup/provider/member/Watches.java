package dev.kurator.backup.provider.member;

import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The watches of one client in one namespace. */
final class Watches implements AutoCloseable {

  /** What is watched of Velero; the rest is only read when needed. */
  private static final List<VeleroKind> KINDS =
      List.of(
          VeleroKind.Backup,
          VeleroKind.Schedule,
          VeleroKind.Restore,
          VeleroKind.BackupStorageLocation,
          VeleroKind.DeleteBackupRequest);

  /** Told of a kind and a name. */
  interface Changed {
    void changed(String kind, String name);
  }

  private final KubernetesClient client;
  private final String namespace;
  private final Changed changed;
  private final Consumer<String> unusable;
  private final WatchMemory.Part memory;
  private final SharedIndexInformer<Deployment> deployments;
  private final SharedIndexInformer<DaemonSet> daemonSets;
  private Map<VeleroKind, SharedIndexInformer<GenericKubernetesResource>> velero = Map.of();
  private boolean closed;

  /**
   * Starts at once, without waiting.
   *
   * @param unusable told why the member's answers cannot be used; until then what they hold is
   *     known
   */
  Watches(
      KubernetesClient client,
      String namespace,
      WatchMemory.Part memory,
      Changed changed,
      Consumer<String> unusable) {
    this.client = client;
    this.namespace = namespace;
    this.memory = memory;
    this.changed = changed;
    this.unusable = unusable;
    deployments =
        start(
            "Deployment",
            client
                .apps()
                .deployments()
                .inNamespace(namespace)
                .withLimit(ClientCluster.PAGE)
                .runnableInformer(0));
    daemonSets =
        start(
            "DaemonSet",
            client
                .apps()
                .daemonSets()
                .inNamespace(namespace)
                .withLimit(ClientCluster.PAGE)
                .runnableInformer(0));
  }

  Seen<Deployment> deployment(String name) {
    return seen(deployments, name);
  }

  Seen<DaemonSet> daemonSet(String name) {
    return seen(daemonSets, name);
  }

  synchronized Seen<GenericKubernetesResource> velero(VeleroKind kind, String name) {
    return seen(velero.get(kind), name);
  }

  /** All objects of a kind; copies from the cache, never to be changed. */
  synchronized Seen<List<GenericKubernetesResource>> velero(VeleroKind kind) {
    SharedIndexInformer<GenericKubernetesResource> informer = velero.get(kind);
    return informer == null || !informer.hasSynced()
        ? new Seen.Unknown<>()
        : new Seen.Present<>(informer.getStore().list());
  }

  /** Whether every watch of Velero's kinds is up. */
  synchronized boolean veleroServed() {
    return !velero.isEmpty() && velero.values().stream().allMatch(SharedIndexInformer::hasSynced);
  }

  /**
   * Starts the watches of Velero's kinds as soon as the member serves them all.
   *
   * @return whether they have been started, so that nobody need ask again
   */
  boolean startVelero() {
    synchronized (this) {
      if (closed || !velero.isEmpty()) {
        return true;
      }
    }
    if (!served()) {
      return false;
    }
    synchronized (this) {
      if (!closed && velero.isEmpty()) {
        velero = new EnumMap<>(VeleroKind.class);
        for (VeleroKind kind : KINDS) {
          velero.put(
              kind,
              start(
                  kind.name(),
                  ClientCluster.operation(client, kind)
                      .inNamespace(namespace)
                      .withLimit(ClientCluster.PAGE)
                      .runnableInformer(0)));
        }
      }
      return true;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    deployments.stop();
    daemonSets.stop();
    velero.values().forEach(SharedIndexInformer::stop);
    memory.end();
  }

  private boolean served() {
    APIResourceList list;
    try {
      list = client.getApiResources(VeleroKind.API_VERSION);
    } catch (KubernetesClientException e) {
      // the next look at the member tells whether it is still there
      return false;
    }
    if (list == null) {
      return false;
    }
    Set<String> plurals =
        list.getResources().stream().map(APIResource::getName).collect(Collectors.toSet());
    return KINDS.stream().allMatch(kind -> plurals.contains(kind.plural()));
  }

  private <T extends HasMetadata> SharedIndexInformer<T> start(
      String kind, SharedIndexInformer<T> informer) {
    informer.addEventHandler(new Told<>(kind, changed));
    informer.itemStore(
        new BoundedStore<>(kind, client.getKubernetesSerialization(), memory, unusable));
    // whatever the error, the link decides when to give up
    informer.exceptionHandler(
        (started, failure) -> {
          UnusableAnswer.problem(failure).ifPresent(unusable);
          return true;
        });
    informer.start().thenRun(() -> changed.changed(kind, ""));
    return informer;
  }

  private <T extends HasMetadata> Seen<T> seen(
      @Nullable SharedIndexInformer<T> informer, String name) {
    if (informer == null || !informer.hasSynced()) {
      return new Seen.Unknown<>();
    }
    T object = informer.getStore().getByKey(Cache.namespaceKeyFunc(namespace, name));
    return object == null ? new Seen.Absent<>() : new Seen.Present<>(object);
  }

  private record Told<T extends HasMetadata>(String kind, Changed changed)
      implements ResourceEventHandler<T> {

    @Override
    public void onAdd(T object) {
      changed.changed(kind, object.getMetadata().getName());
    }

    @Override
    public void onUpdate(T before, T object) {
      changed.changed(kind, object.getMetadata().getName());
    }

    @Override
    public void onDelete(T object, boolean finalStateUnknown) {
      changed.changed(kind, object.getMetadata().getName());
    }
  }
}
