package dev.kurator.backup.provider.reconcile;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The Secrets of the hub that are in use, each watched by its name: never all of them. */
final class SecretWatches implements SecretSource, AutoCloseable {

  private final KubernetesClient hub;
  private final Consumer<SecretName> listener;
  private final HubWatchFailures failures;
  private final Map<SecretName, SecretWatch> watches = new HashMap<>();

  /**
   * Watches nothing yet.
   *
   * @param listener told of every change of a watched Secret
   */
  SecretWatches(KubernetesClient hub, Consumer<SecretName> listener) {
    this(hub, listener, new HubWatchFailures("Secrets"));
  }

  /** The same with another log of failures. */
  SecretWatches(KubernetesClient hub, Consumer<SecretName> listener, HubWatchFailures failures) {
    this.hub = hub;
    this.listener = listener;
    this.failures = failures;
  }

  /** The first call for a Secret begins to watch it. */
  @Override
  public SecretValue read(SecretName name, String key) {
    if (name.name().isEmpty() || name.namespace().isEmpty()) {
      // written under another schema; the client watches nothing without a name
      return new SecretValue.Missing(
          "the reference to a Secret with the key " + key + " has no name; write the Secret's");
    }
    return SecretValue.read(secret(name), name, key);
  }

  private @Nullable Secret secret(SecretName name) {
    SecretWatch watch;
    synchronized (this) {
      watch = watches.computeIfAbsent(name, this::watch);
    }
    try {
      watch.start();
    } catch (RuntimeException e) {
      // or nobody would try again
      synchronized (this) {
        watches.remove(name, watch);
      }
      throw e;
    }
    return watch.informer().getStore().list().stream().findFirst().orElse(null);
  }

  private SecretWatch watch(SecretName name) {
    SharedIndexInformer<Secret> informer =
        hub.secrets().inNamespace(name.namespace()).withName(name.name()).runnableInformer(0);
    informer.addEventHandler(new Handler(name));
    informer.exceptionHandler(failures);
    return new SecretWatch(informer);
  }

  /**
   * Stops watching every Secret but those in use.
   *
   * @param used which are in use, asked while nobody can begin a watch: whoever says so before
   *     {@link #read} has one that stays open
   */
  synchronized void keepOnly(Supplier<Set<SecretName>> used) {
    Set<SecretName> kept = used.get();
    watches
        .entrySet()
        .removeIf(
            watch -> {
              boolean unused = !kept.contains(watch.getKey());
              if (unused) {
                watch.getValue().informer().close();
              }
              return unused;
            });
  }

  @Override
  public void close() {
    keepOnly(Set::of);
  }

  /** One watch; it lists over the network once, while other Secrets can be read. */
  private static final class SecretWatch {

    private final SharedIndexInformer<Secret> informer;
    private boolean started;

    private SecretWatch(SharedIndexInformer<Secret> informer) {
      this.informer = informer;
    }

    SharedIndexInformer<Secret> informer() {
      return informer;
    }

    /** Returns once the Secret was listed. */
    synchronized void start() {
      if (!started) {
        informer.run();
        started = true;
      }
    }
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
