package dev.kurator.backup.provider.reconcile;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

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
   * The interceptor of a client.
   *
   * @param cluster {@code hub} or {@code member}; never a member's name, of which there are many
   */
  public Interceptor of(String cluster) {
    return new Interceptor() {
      @Override
      public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        requests.labelValues(cluster, request.method()).inc();
      }
    };
  }
}
