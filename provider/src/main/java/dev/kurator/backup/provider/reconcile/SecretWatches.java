package dev.kurator.backup.provider.reconcile;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The Secrets of the hub that are in use, each watched by its name: never all of them. */
final class SecretWatches implements SecretSource, AutoCloseable {

  private final KubernetesClient hub;
  private final Consumer<SecretName> listener;
  private final Map<SecretName, SharedIndexInformer<Secret>> watches = new HashMap<>();

  /**
   * Watches nothing yet.
   *
   * @param listener told of every change of a watched Secret
   */
  SecretWatches(KubernetesClient hub, Consumer<SecretName> listener) {
    this.hub = hub;
    this.listener = listener;
  }

  /** The first call for a Secret begins to watch it. */
  @Override
  public SecretValue read(SecretName name, String key) {
    return SecretValue.read(secret(name), name, key);
  }

  private @Nullable Secret secret(SecretName name) {
    SharedIndexInformer<Secret> watch;
    synchronized (this) {
      watch = watches.computeIfAbsent(name, this::open);
    }
    return watch.getStore().list().stream().findFirst().orElse(null);
  }

  private SharedIndexInformer<Secret> open(SecretName name) {
    SharedIndexInformer<Secret> informer =
        hub.secrets().inNamespace(name.namespace()).withName(name.name()).runnableInformer(0);
    informer.addEventHandler(new Handler(name));
    informer.exceptionHandler((started, failure) -> started);
    return informer.run();
  }

  /** Stops watching every Secret but these. */
  synchronized void keepOnly(Set<SecretName> used) {
    watches
        .entrySet()
        .removeIf(
            watch -> {
              boolean unused = !used.contains(watch.getKey());
              if (unused) {
                watch.getValue().close();
              }
              return unused;
            });
  }

  @Override
  public void close() {
    keepOnly(Set.of());
  }

  private final class Handler implements ResourceEventHandler<Secret> {

    private final SecretName name;

    Handler(SecretName name) {
      this.name = name;
    }

    @Override
    public void onAdd(Secret secret) {
      listener.accept(name);
    }

    @Override
    public void onUpdate(Secret before, Secret now) {
      if (!java.util.Objects.equals(before.getData(), now.getData())) {
        listener.accept(name);
      }
    }

    @Override
    public void onDelete(Secret secret, boolean unknown) {
      listener.accept(name);
    }
  }
}
