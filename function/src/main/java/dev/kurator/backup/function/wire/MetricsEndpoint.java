package dev.kurator.backup.function.wire;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.Optional;

/** Prometheus metrics over HTTP. */
final class MetricsEndpoint {

  private MetricsEndpoint() {}

  /** Starts to serve the registry, unless the port is 0. */
  static Optional<HTTPServer> start(HostPort address, PrometheusRegistry registry)
      throws IOException {
    if (address.port() == 0) {
      return Optional.empty();
    }
    JvmMetrics.builder().register(registry);
    HTTPServer.Builder builder = HTTPServer.builder().port(address.port()).registry(registry);
    if (!address.host().isEmpty()) {
      builder.hostname(address.host());
    }
    try {
      return Optional.of(builder.buildAndStart());
    } catch (IOException e) {
      throw new IOException(
          "cannot serve metrics on port " + address.port() + ": " + e.getMessage(), e);
    }
  }
}
