package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.ProviderConfig;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/** Keeps a registration of one namespace while it is in use. */
final class ProviderConfigReconciler
    implements Reconciler<ProviderConfig>, Cleaner<ProviderConfig> {

  private final ConfigCare care;
  private final ConfigEvents events;

  ProviderConfigReconciler(ConfigCare care, ConfigEvents events) {
    this.care = care;
    this.events = events;
  }

  @Override
  public List<EventSource<?, ProviderConfig>> prepareEventSources(
      EventSourceContext<ProviderConfig> context) {
    return List.of(events.ofNamespaces());
  }

  @Override
  public UpdateControl<ProviderConfig> reconcile(
      ProviderConfig config, Context<ProviderConfig> context) {
    return care.reconcile(config, Registration.of(config), context);
  }

  @Override
  public DeleteControl cleanup(ProviderConfig config, Context<ProviderConfig> context) {
    return care.cleanup(config, Registration.of(config), context);
  }
}
