package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.ClusterProviderConfig;
import dev.kurator.backup.apis.managed.ProviderConfig;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;

/** Makes registrations reconcile when their users change, or who else names their cluster. */
final class ConfigEvents {

  private final SimpleInboundEventSource<ClusterProviderConfig> ofHub =
      new SimpleInboundEventSource<>("users-of-cluster-configs");
  private final SimpleInboundEventSource<ProviderConfig> ofNamespaces =
      new SimpleInboundEventSource<>("users-of-configs");

  /** Where the controller of ClusterProviderConfigs listens. */
  SimpleInboundEventSource<ClusterProviderConfig> ofHub() {
    return ofHub;
  }

  /** Where the controller of ProviderConfigs listens. */
  SimpleInboundEventSource<ProviderConfig> ofNamespaces() {
    return ofNamespaces;
  }

  /** Something about a registration's use changed. */
  void changed(ProviderConfigKey config) {
    switch (config.kind()) {
      case ClusterProviderConfig -> ofHub.propagateEvent(new ResourceID(config.name()));
      case ProviderConfig ->
          ofNamespaces.propagateEvent(new ResourceID(config.name(), config.namespace()));
    }
  }
}
