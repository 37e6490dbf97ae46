package dev.kurator.backup.test.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;

/** What every container of the bed can be asked. */
final class Containers {

  private Containers() {}

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
