package dev.kurator.backup.test.secrets;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads along the logs of containers, each from its first line to its last. */
final class Logs {

  private static final Duration REST = Duration.ofSeconds(1);

  private final KubernetesClient client;
  private final ExecutorService threads;
  private final Consumer<String> lines;
  private final Set<String> followed = ConcurrentHashMap.newKeySet();

  /**
   * Reads nothing yet.
   *
   * @param threads for one task per container
   * @param lines gets every line, from many threads
   */
  Logs(KubernetesClient client, ExecutorService threads, Consumer<String> lines) {
    this.client = client;
    this.threads = threads;
    this.lines = lines;
  }

  /** A pod as it is now: containers of it that are new are read, also those that were killed. */
  void seen(Pod pod) {
    if (pod.getStatus() == null) {
      return;
    }
    Stream.concat(
            pod.getStatus().getInitContainerStatuses().stream(),
            pod.getStatus().getContainerStatuses().stream())
        .forEach(container -> seen(pod, container));
  }

  private void seen(Pod pod, ContainerStatus container) {
    ContainerState last = container.getLastState();
    if (last != null
        && last.getTerminated() != null
        && followed.add(last.getTerminated().getContainerID())) {
      threads.execute(() -> previous(resource(pod, container)));
    }
    boolean begun =
        container.getState() != null
            && (container.getState().getRunning() != null
                || container.getState().getTerminated() != null);
    if (begun && container.getContainerID() != null && followed.add(container.getContainerID())) {
      threads.execute(() -> follow(pod, container));
    }
  }

  private ContainerResource resource(Pod pod, ContainerStatus container) {
    return client
        .pods()
        .inNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName())
        .inContainer(container.getName());
  }

  private void previous(ContainerResource container) {
    try {
      container.terminated().getLog().lines().forEach(lines);
    } catch (KubernetesClientException e) {
      lines.accept("a killed container's log could not be read: " + e.getMessage());
    }
  }

  /** A connection may break while the container goes on. */
  private void follow(Pod pod, ContainerStatus container) {
    ContainerResource resource = resource(pod, container);
    Instant since = Instant.EPOCH;
    do {
      Instant asked = Instant.now();
      try (LogWatch watch =
          resource.sinceTime(since.toString()).withReadyWaitTimeout(0).watchLog()) {
        read(watch);
      } catch (IOException | RuntimeException e) {
        // a broken connection comes as whatever the HTTP client throws
        lines.accept("a log broke off: " + e.getMessage());
      }
      since = asked;
    } while (rested() && runs(pod, container.getContainerID()));
  }

  private static boolean rested() {
    try {
      Thread.sleep(REST);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void read(LogWatch watch) throws IOException {
    if (watch.getOutput() == null) {
      return;
    }
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(watch.getOutput(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.accept(line);
      }
    }
  }

  private boolean runs(Pod pod, String container) {
    try {
      Pod now = client.resource(pod).get();
      return now != null
          && now.getStatus().getContainerStatuses().stream()
              .anyMatch(
                  status ->
                      container.equals(status.getContainerID())
                          && status.getState().getRunning() != null);
    } catch (KubernetesClientException e) {
      // the cluster is paused or restarts: it may come back with the container
      return true;
    }
  }
}
