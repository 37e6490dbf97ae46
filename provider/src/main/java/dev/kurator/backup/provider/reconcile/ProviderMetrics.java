package dev.kurator.backup.provider.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** What Prometheus may ask: crossplane-runtime's state metrics, reconciles, and members. */
final class ProviderMetrics implements Metrics {

  private final Counter reconciles;
  private final Histogram durations;
  private final BiConsumer<HasMetadata, Exception> failures;

  /**
   * Registers every metric.
   *
   * @param members how many members are in a link state: reachable, unreachable or connecting
   * @param failures told of every reconcile that failed
   */
  ProviderMetrics(
      PrometheusRegistry registry,
      States states,
      ToIntFunction<String> members,
      BiConsumer<HasMetadata, Exception> failures) {
    this.failures = failures;
    gauge(registry, "exists", "have an object on their member", states, States.State::exists);
    gauge(registry, "ready", "are Ready", states, States.State::ready);
    gauge(registry, "synced", "are Synced", states, States.State::synced);
    GaugeWithCallback.builder()
        .name("velero_provider_members")
        .help("Members in use, by state of the link to them")
        .labelNames("state")
        .callback(
            callback -> {
              for (String state : new String[] {"reachable", "unreachable", "connecting"}) {
                callback.call(members.applyAsInt(state), state);
              }
            })
        .register(registry);
    reconciles =
        Counter.builder()
            .name("velero_provider_reconciles_total")
            .help("Reconciles by kind and result")
            .labelNames("kind", "result")
            .register(registry);
    durations =
        Histogram.builder()
            .name("velero_provider_reconcile_duration_seconds")
            .help("Time that a reconcile took")
            .labelNames("controller")
            .register(registry);
  }

  private static void gauge(
      PrometheusRegistry registry,
      String name,
      String what,
      States states,
      Predicate<States.State> test) {
    GaugeWithCallback.builder()
        .name("crossplane_managed_resource_" + name)
        .help("Managed resources that " + what)
        .labelNames("gvk")
        .callback(
            callback -> {
              for (ManagedKind kind : ManagedKind.values()) {
                callback.call(states.count(kind, test), kind.gvk());
              }
            })
        .register(registry);
  }

  @Override
  public void reconciliationFailed(
      HasMetadata resource,
      @Nullable RetryInfo retryInfo,
      Exception exception,
      Map<String, Object> metadata) {
    reconciles.labelValues(resource.getKind(), "failure").inc();
    failures.accept(resource, exception);
  }

  @Override
  public void reconciliationSucceeded(HasMetadata resource, Map<String, Object> metadata) {
    reconciles.labelValues(resource.getKind(), "success").inc();
  }

  @Override
  public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
    long start = System.nanoTime();
    try {
      return execution.execute();
    } finally {
      durations.labelValues(execution.controllerName()).observe((System.nanoTime() - start) / 1e9);
    }
  }
}
