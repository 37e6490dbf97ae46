package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What Crossplane counts of its circuit breakers.
 *
 * @param hub where it runs
 */
record CrossplaneMetrics(Hub hub) {

  /** Number of times that a breaker opened. */
  static final String OPENS = "circuit_breaker_opens_total";

  /** Events that came while a breaker was open, and woke nobody. */
  static final String DROPPED = "circuit_breaker_events_total{";

  /** All lines about circuit breakers. */
  List<String> circuitBreakers() {
    Pod pod =
        hub.client()
            .pods()
            .inNamespace(Hub.CROSSPLANE)
            .withLabel("app", "crossplane")
            .list()
            .getItems()
            .getFirst();
    String path =
        "/api/v1/namespaces/%s/pods/%s:8080/proxy/metrics"
            .formatted(Hub.CROSSPLANE, pod.getMetadata().getName());
    return hub.client()
        .raw(path)
        .lines()
        .filter(line -> line.startsWith("circuit_breaker"))
        .toList();
  }

  /** How often breakers have opened, over all claims. */
  long opens() {
    return sum(OPENS, "");
  }

  /** How many events were dropped, over all claims. */
  long dropped() {
    return sum(DROPPED, "Dropped");
  }

  private long sum(String start, String label) {
    return circuitBreakers().stream()
        .filter(line -> line.startsWith(start) && line.contains(label))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Waits until breakers have opened so often; metrics cannot be watched, so it asks. */
  void awaitOpens(long count, Duration patience) {
    CompletableFuture<Boolean> reached = new CompletableFuture<>();
    try (ScheduledExecutorService asking = Executors.newSingleThreadScheduledExecutor()) {
      ScheduledFuture<?> asked =
          asking.scheduleWithFixedDelay(
              () -> {
                if (opens() >= count) {
                  reached.complete(true);
                }
              },
              0,
              500,
              TimeUnit.MILLISECONDS);
      reached.get(patience.toSeconds(), TimeUnit.SECONDS);
      asked.cancel(false);
      asking.shutdownNow();
    } catch (TimeoutException | ExecutionException e) {
      throw new AssertionError(
          "waited %s in vain for opening %d: %s".formatted(patience, count, circuitBreakers()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for circuit breakers to open", e);
    }
  }
}
