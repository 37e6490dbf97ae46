package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.ClusterProviderConfig;
import dev.kurator.backup.apis.managed.ProviderConfig;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The registrations of members, of both kinds, watched. */
final class ProviderConfigs implements AutoCloseable {

  private final SharedIndexInformer<ClusterProviderConfig> ofHub;
  private final SharedIndexInformer<ProviderConfig> ofNamespaces;

  /**
   * Returns once all are known.
   *
   * @param listener told of every registration whose spec changed
   */
  ProviderConfigs(KubernetesClient hub, Consumer<ProviderConfigKey> listener) {
    ofHub =
        start(
            hub.resources(ClusterProviderConfig.class).runnableInformer(0),
            config -> listener.accept(Registration.of(config).key()));
    ofNamespaces =
        start(
            hub.resources(ProviderConfig.class).inAnyNamespace().runnableInformer(0),
            config -> listener.accept(Registration.of(config).key()));
  }

  private static <C extends CustomResource<?, ?>> SharedIndexInformer<C> start(
      SharedIndexInformer<C> informer, Consumer<C> changed) {
    informer.addEventHandler(new Handler<>(changed));
    informer.exceptionHandler(new HubWatchFailures(informer.getApiTypeClass().getSimpleName()));
    return informer.run();
  }

  /** The registration, if there is one; also one that is being deleted, while it is in use. */
  Optional<Registration> find(ProviderConfigKey key) {
    return switch (key.kind()) {
      case ClusterProviderConfig -> find(ofHub, key, Registration::of);
      case ProviderConfig -> find(ofNamespaces, key, Registration::of);
    };
  }

  private static <C> Optional<Registration> find(
      SharedIndexInformer<C> informer, ProviderConfigKey key, Function<C, Registration> read) {
    String name =
        key.namespace() == null ? key.name() : Cache.namespaceKeyFunc(key.namespace(), key.name());
    return Optional.ofNullable(informer.getStore().getByKey(name)).map(read);
  }

  @Override
  public void close() {
    ofHub.close();
    ofNamespaces.close();
  }

  private record Handler<C extends CustomResource<?, ?>>(Consumer<C> changed)
      implements ResourceEventHandler<C> {

    @Override
    public void onAdd(C config) {
      changed.accept(config);
    }

    @Override
    public void onUpdate(C before, C now) {
      if (!Objects.equals(before.getSpec(), now.getSpec())
          || !Unreadable.problem(before).equals(Unreadable.problem(now))) {
        changed.accept(now);
      }
    }

    @Override
    public void onDelete(C config, boolean unknown) {
      changed.accept(config);
    }
  }
}
