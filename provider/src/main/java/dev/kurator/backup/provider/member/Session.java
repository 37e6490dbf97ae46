package dev.kurator.backup.provider.member;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One client of a member, with its watches; ends with the first failure and never comes back. */
final class Session implements AutoCloseable {

  private final KubernetesClient client;
  private final Cluster cluster;
  private final WatchMemory memory;
  private final Watches.Changed changed;
  private @Nullable Watches watches;
  private @Nullable String namespace;

  Session(KubernetesClient client, Cluster cluster, WatchMemory memory, Watches.Changed changed) {
    this.client = client;
    this.cluster = cluster;
    this.memory = memory;
    this.changed = changed;
  }

  KubernetesClient client() {
    return client;
  }

  Cluster cluster() {
    return cluster;
  }

  /**
   * Watches a namespace instead of the one before, if any.
   *
   * @param unusable told why the member's answers cannot be used
   * @return the watches if they are new, null where this namespace is watched already
   */
  synchronized @Nullable Watches watch(String wanted, Consumer<String> unusable) {
    if (wanted.equals(namespace)) {
      return null;
    }
    stopWatching();
    namespace = wanted;
    Watches started = new Watches(client, wanted, memory.part(), changed, unusable);
    watches = started;
    return started;
  }

  /** Watches nothing any more. */
  synchronized void unwatch() {
    stopWatching();
    namespace = null;
  }

  synchronized @Nullable Watches watches() {
    return watches;
  }

  @Override
  public synchronized void close() {
    stopWatching();
    client.close();
  }

  private void stopWatching() {
    if (watches != null) {
      watches.close();
      watches = null;
    }
  }
}
