package dev.kurator.backup.function.wire;

import dev.kurator.crossplane.fn.v1.Result;
import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import dev.kurator.crossplane.fn.v1.Severity;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** How many calls, how they ended, how long they took. */
final class CallMetrics {

  private final Counter calls;
  private final Histogram seconds;

  CallMetrics(PrometheusRegistry registry) {
    calls =
        Counter.builder()
            .name("function_fleet_backup_calls_total")
            .help("Calls by the worst severity among their results.")
            .labelNames("severity")
            .register(registry);
    seconds =
        Histogram.builder()
            .name("function_fleet_backup_call_seconds")
            .help("Time from request to response.")
            .classicOnly()
            .register(registry);
  }

  void record(RunFunctionResponse response, long nanos) {
    calls.labelValues(worst(response)).inc();
    seconds.observe(nanos / 1e9);
  }

  private static String worst(RunFunctionResponse response) {
    boolean warning = false;
    for (Result result : response.getResultsList()) {
      if (result.getSeverity() == Severity.SEVERITY_FATAL) {
        return "fatal";
      }
      warning |= result.getSeverity() == Severity.SEVERITY_WARNING;
    }
    return warning ? "warning" : "normal";
  }
}
