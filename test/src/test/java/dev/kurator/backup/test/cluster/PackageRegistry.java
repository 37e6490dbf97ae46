package dev.kurator.backup.test.cluster;

import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** The registry that the packages are pushed to and installed from. */
final class PackageRegistry {

  private static final int PORT = 5000;

  private final GenericContainer<?> container;

  private PackageRegistry(GenericContainer<?> container) {
    this.container = container;
  }

  /** Starts an empty registry. */
  static PackageRegistry start(Map<String, String> labels) {
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse("registry:2"))
            .withExposedPorts(PORT)
            .waitingFor(Wait.forHttp("/v2/"));
    Containers.start(container, "registry", labels);
    return new PackageRegistry(container);
  }

  /** Its name for this machine. */
  String externalName() {
    return container.getHost() + ":" + container.getMappedPort(PORT);
  }

  /** Its name for clusters. */
  String internalName() {
    return Containers.address(container) + ":" + PORT;
  }
}
