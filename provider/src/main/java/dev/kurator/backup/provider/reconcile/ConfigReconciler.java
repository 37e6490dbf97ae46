package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.ProviderConfigStatus;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.function.Function;

/**
 * Keeps a registration while it is in use.
 *
 * @param <C> its kind; the framework reads it off the subclass
 */
abstract class ConfigReconciler<C extends CustomResource<?, ProviderConfigStatus>>
    implements Reconciler<C>, Cleaner<C> {

  private final ConfigCare care;
  private final EventSource<?, C> events;
  private final Function<C, Registration> read;
  private final ReconcileFailures failures;

  /**
   * One kind of registration.
   *
   * @param events tells when its use changed
   */
  ConfigReconciler(
      ConfigCare care,
      EventSource<?, C> events,
      Function<C, Registration> read,
      ReconcileFailures failures) {
    this.failures = failures;
    this.care = care;
    this.events = events;
    this.read = read;
  }

  @Override
  public final List<EventSource<?, C>> prepareEventSources(EventSourceContext<C> context) {
    return List.of(events);
  }

  @Override
  public final UpdateControl<C> reconcile(C config, Context<C> context) {
    return failures.guard(config, () -> care.reconcile(config, read.apply(config), context));
  }

  @Override
  public final DeleteControl cleanup(C config, Context<C> context) {
    return failures.guard(
        config,
        () -> Finalizer.release(context, care.cleanup(config, read.apply(config), context)));
  }
}
