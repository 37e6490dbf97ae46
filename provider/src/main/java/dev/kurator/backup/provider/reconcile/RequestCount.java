package dev.kurator.backup.provider.reconcile;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Consumer;

/** Counts what is asked of API servers: what a backup costs them, and whether that grows. */
public final class RequestCount {

  private final Counter requests;

  /** Registers the metric. */
  public RequestCount(PrometheusRegistry registry) {
    requests =
        Counter.builder()
            .name("velero_provider_requests_total")
            .help("Requests to API servers, watches once when they begin")
            .labelNames("cluster", "method")
            .register(registry);
  }

  /**
   * Where to tell the HTTP method of each request.
   *
   * @param cluster {@code hub} or {@code member}; never a member's name, of which there are many
   */
  public Consumer<String> of(String cluster) {
    return method -> requests.labelValues(cluster, method).inc();
  }
}
