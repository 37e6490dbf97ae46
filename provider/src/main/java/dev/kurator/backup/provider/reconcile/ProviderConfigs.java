package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.ClusterProviderConfig;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** The registrations of members, watched. */
final class ProviderConfigs implements AutoCloseable {

  private final SharedIndexInformer<ClusterProviderConfig> informer;

  /**
   * Returns once all are known.
   *
   * @param listener told of every registration whose spec changed
   */
  ProviderConfigs(KubernetesClient hub, Consumer<ProviderConfigKey> listener) {
    informer = hub.resources(ClusterProviderConfig.class).runnableInformer(0);
    informer.addEventHandler(new Handler(listener));
    informer.exceptionHandler((started, failure) -> started);
    informer.run();
  }

  /** The registration of that name, if there is one. */
  Optional<ClusterProviderConfig> find(String name) {
    return Optional.ofNullable(informer.getStore().getByKey(name));
  }

  @Override
  public void close() {
    informer.close();
  }

  private record Handler(Consumer<ProviderConfigKey> listener)
      implements ResourceEventHandler<ClusterProviderConfig> {

    @Override
    public void onAdd(ClusterProviderConfig config) {
      tell(config);
    }

    @Override
    public void onUpdate(ClusterProviderConfig before, ClusterProviderConfig now) {
      if (!Objects.equals(before.getSpec(), now.getSpec())) {
        tell(now);
      }
    }

    @Override
    public void onDelete(ClusterProviderConfig config, boolean unknown) {
      tell(config);
    }

    private void tell(ClusterProviderConfig config) {
      listener.accept(
          new ProviderConfigKey(
              ProviderConfigReference.Kind.ClusterProviderConfig,
              null,
              config.getMetadata().getName()));
    }
  }
}
