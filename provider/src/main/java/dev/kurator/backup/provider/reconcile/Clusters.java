package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.member.ProviderConfigKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Which cluster is behind which registration: two may name the same. Found out when a member
 * answers, and until then believed as VeleroInstalls noted it before a restart.
 */
final class Clusters {

  private final Map<ProviderConfigKey, String> identities = new ConcurrentHashMap<>();
  private final Consumer<ProviderConfigKey> listener;

  /**
   * Nothing is known yet.
   *
   * @param listener told of each registration whose cluster changed, or who else names it
   */
  Clusters(Consumer<ProviderConfigKey> listener) {
    this.listener = listener;
  }

  /** The member answered. */
  void note(ProviderConfigKey key, String identity) {
    String before = identities.put(key, identity);
    if (!identity.equals(before)) {
      tell(identity);
      if (before != null) {
        tell(before);
      }
    }
  }

  /** It answered once, as far as the hub remembers. */
  void recall(ProviderConfigKey key, String identity) {
    if (identities.putIfAbsent(key, identity) == null) {
      tell(identity);
    }
  }

  /** The registration is gone. */
  void forget(ProviderConfigKey key) {
    String before = identities.remove(key);
    if (before != null) {
      tell(before);
    }
  }

  private void tell(String identity) {
    of(identity).forEach(listener);
  }

  /** The registrations of a cluster. */
  Set<ProviderConfigKey> of(String identity) {
    return identities.entrySet().stream()
        .filter(entry -> entry.getValue().equals(identity))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The other registrations of the cluster behind this one. */
  Set<ProviderConfigKey> besides(ProviderConfigKey key) {
    return Optional.ofNullable(identities.get(key)).map(this::of).orElse(Set.of()).stream()
        .filter(other -> !other.equals(key))
        .collect(Collectors.toUnmodifiableSet());
  }
}
