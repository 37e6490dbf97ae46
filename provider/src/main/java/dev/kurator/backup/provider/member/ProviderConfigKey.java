package dev.kurator.backup.provider.member;

import dev.kurator.backup.apis.managed.ProviderConfigReference;
import org.jspecify.annotations.Nullable;

/**
 * Which registration a member comes from.
 *
 * @param namespace null for a ClusterProviderConfig
 */
public record ProviderConfigKey(
    ProviderConfigReference.Kind kind, @Nullable String namespace, String name) {

  /** As messages name it: {@code ClusterProviderConfig x}, {@code ProviderConfig team/x}. */
  @Override
  public String toString() {
    return kind + " " + (namespace == null ? "" : namespace + "/") + name;
  }
}
