package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallStatus;
import dev.kurator.backup.apis.managed.VeleroRestore;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ReducedStateItemStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which managed resources name which registration. Counted from watches of their own that keep
 * nothing but the reference, since the controllers' caches are not there on a hub that waits for
 * its lease, and one day not all kinds have a controller.
 */
final class ConfigUsers implements AutoCloseable {

  /** One managed resource. */
  record ConfigUser(String kind, String namespace, String name) implements Comparable<ConfigUser> {

    static ConfigUser of(HasMetadata resource) {
      return new ConfigUser(
          resource.getKind(),
          resource.getMetadata().getNamespace(),
          resource.getMetadata().getName());
    }

    @Override
    public int compareTo(ConfigUser other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return kind + " " + namespace + "/" + name;
    }
  }

  private final KubernetesClient hub;
  private final Consumer<ProviderConfigKey> listener;
  private final Map<ProviderConfigKey, Set<ConfigUser>> users = new ConcurrentHashMap<>();

  /** Those of which it cannot be read which registration they name: they count for each. */
  private final Set<ConfigUser> ofAny = ConcurrentHashMap.newKeySet();

  /** The registrations that somebody asked about, told when one of those comes or goes. */
  private final Set<ProviderConfigKey> asked = ConcurrentHashMap.newKeySet();

  private final List<SharedIndexInformer<?>> informers;

  /**
   * Returns once all were listed.
   *
   * @param clusters told what VeleroInstalls note of the clusters behind their registrations
   * @param listener told of every registration that gained or lost a user
   */
  ConfigUsers(KubernetesClient hub, Clusters clusters, Consumer<ProviderConfigKey> listener) {
    this.hub = hub;
    this.listener = listener;
    informers =
        List.of(
            watch(
                VeleroInstall.class,
                install -> install.getSpec().providerConfigRef(),
                (key, install) -> recall(clusters, key, install.getStatus())),
            watch(
                VeleroBackup.class,
                backup -> backup.getSpec().providerConfigRef(),
                (key, backup) -> {}),
            watch(
                VeleroSchedule.class,
                schedule -> schedule.getSpec().providerConfigRef(),
                (key, schedule) -> {}),
            watch(
                VeleroRestore.class,
                restore -> restore.getSpec().providerConfigRef(),
                (key, restore) -> {}));
  }

  private static void recall(
      Clusters clusters, ProviderConfigKey key, @Nullable VeleroInstallStatus status) {
    if (status != null
        && status.atProvider() != null
        && status.atProvider().memberIdentity() != null) {
      clusters.recall(key, status.atProvider().memberIdentity());
    }
  }

  private <R extends HasMetadata> SharedIndexInformer<R> watch(
      Class<R> type,
      Function<R, ProviderConfigReference> reference,
      BiConsumer<ProviderConfigKey, R> seen) {
    SharedIndexInformer<R> informer = hub.resources(type).inAnyNamespace().runnableInformer(0);
    informer.itemStore(
        new ReducedStateItemStore<>(
            ReducedStateItemStore.NAME_KEY_STATE,
            type,
            hub.getKubernetesSerialization(),
            "spec.providerConfigRef",
            "status.atProvider.memberIdentity"));
    informer.addEventHandler(new Handler<>(reference, seen));
    informer.exceptionHandler(new HubWatchFailures(type.getSimpleName()));
    return informer.run();
  }

  /**
   * The users of a registration; those on their way out count until they are gone, and those that
   * may name it, since it cannot be read which they name, count too.
   */
  Set<ConfigUser> of(ProviderConfigKey key) {
    asked.add(key);
    String namespace = key.namespace();
    return Stream.concat(
            users.getOrDefault(key, Set.of()).stream(),
            ofAny.stream().filter(user -> namespace == null || user.namespace().equals(namespace)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The registration is gone. */
  void forget(ProviderConfigKey key) {
    asked.remove(key);
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::close);
  }

  private final class Handler<R extends HasMetadata> implements ResourceEventHandler<R> {

    private final Function<R, ProviderConfigReference> reference;
    private final BiConsumer<ProviderConfigKey, R> seen;

    Handler(Function<R, ProviderConfigReference> reference, BiConsumer<ProviderConfigKey, R> seen) {
      this.reference = reference;
      this.seen = seen;
    }

    @Override
    public void onAdd(R resource) {
      if (Unreadable.at(resource, Unreadable.REFERENCE)) {
        if (ofAny.add(ConfigUser.of(resource))) {
          asked.forEach(listener);
        }
        return;
      }
      ProviderConfigKey key = key(resource);
      seen.accept(key, resource);
      if (users
          .computeIfAbsent(key, absent -> ConcurrentHashMap.newKeySet())
          .add(ConfigUser.of(resource))) {
        listener.accept(key);
      }
    }

    @Override
    public void onUpdate(R before, R now) {
      if (!key(before).equals(key(now))
          || Unreadable.at(before, Unreadable.REFERENCE)
              != Unreadable.at(now, Unreadable.REFERENCE)) {
        onDelete(before, false);
      }
      onAdd(now);
    }

    @Override
    public void onDelete(R resource, boolean unknown) {
      if (Unreadable.at(resource, Unreadable.REFERENCE)) {
        if (ofAny.remove(ConfigUser.of(resource))) {
          asked.forEach(listener);
        }
        return;
      }
      ProviderConfigKey key = key(resource);
      Set<ConfigUser> ofKey = users.get(key);
      if (ofKey != null && ofKey.remove(ConfigUser.of(resource))) {
        listener.accept(key);
      }
    }

    private ProviderConfigKey key(R resource) {
      return Targets.key(resource.getMetadata().getNamespace(), reference.apply(resource));
    }
  }
}
