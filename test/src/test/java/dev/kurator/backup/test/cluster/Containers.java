package dev.kurator.backup.test.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;

/** What every container of the bed can be asked. */
final class Containers {

  private Containers() {}

  /** Label of every container of a bed; its value says which one it is. */
  private static final String LABEL = "dev.kurator.backup.bed";

  /** Far more than a quiet machine takes: five start at once, on two cores, from a cold disk. */
  private static final Duration SLOWEST = Duration.ofMinutes(5);

  /** Starts a container, or finds it where the bed is kept. */
  static void start(GenericContainer<?> container, String name, Map<String, String> labels) {
    container
        .withLabels(labels)
        // Testcontainers finds a container by what it was made from: the name tells twins apart.
        .withLabel(LABEL, name)
        .withStartupTimeout(SLOWEST)
        .withStartupAttempts(2)
        .withReuse(BedMode.wanted().stays());
    container.start();
  }

  /** Its address on Docker's default network. */
  static String address(GenericContainer<?> container) {
    return container.getContainerInfo().getNetworkSettings().getNetworks().values().stream()
        .flatMap(network -> Stream.ofNullable(network.getIpAddress()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a container has no address"));
  }

  /** Runs a program inside; fails when it does. */
  static String exec(GenericContainer<?> container, String... command) {
    try {
      ExecResult result = container.execInContainer(command);
      if (result.getExitCode() != 0) {
        throw new IllegalStateException(
            String.join(" ", command) + ": " + result.getStdout() + result.getStderr());
      }
      return result.getStdout();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
