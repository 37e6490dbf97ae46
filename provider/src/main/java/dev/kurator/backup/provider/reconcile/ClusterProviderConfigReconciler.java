package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.ClusterProviderConfig;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/** Keeps a registration of the whole hub while it is in use. */
final class ClusterProviderConfigReconciler
    implements Reconciler<ClusterProviderConfig>, Cleaner<ClusterProviderConfig> {

  private final ConfigCare care;
  private final ConfigEvents events;

  ClusterProviderConfigReconciler(ConfigCare care, ConfigEvents events) {
    this.care = care;
    this.events = events;
  }

  @Override
  public List<EventSource<?, ClusterProviderConfig>> prepareEventSources(
      EventSourceContext<ClusterProviderConfig> context) {
    return List.of(events.ofHub());
  }

  @Override
  public UpdateControl<ClusterProviderConfig> reconcile(
      ClusterProviderConfig config, Context<ClusterProviderConfig> context) {
    return care.reconcile(config, Registration.of(config), context);
  }

  @Override
  public DeleteControl cleanup(
      ClusterProviderConfig config, Context<ClusterProviderConfig> context) {
    return care.cleanup(config, Registration.of(config), context);
  }
}
