package dev.kurator.backup.test.cluster;

import com.github.dockerjava.api.DockerClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/** One Kubernetes cluster in a container. */
final class Cluster {

  private static final DockerImageName IMAGE =
      DockerImageName.parse("rancher/k3s:v1.35.4-k3s1").asCompatibleSubstituteFor("rancher/k3s");

  private final String name;
  private final K3sContainer container;
  private final KubernetesClient client;

  private Cluster(String name, K3sContainer container) {
    this.name = name;
    this.container = container;
    this.client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(container.getKubeConfigYaml()))
            .build();
  }

  /**
   * Starts a cluster and waits until it is up.
   *
   * @param registry a plain-http registry that its nodes may pull from
   * @param labels of the container
   */
  static Cluster start(String name, String registry, Map<String, String> labels) {
    K3sContainer container = new K3sContainer(IMAGE);
    // The stand-in for k3s where images cannot be pulled takes the variable, k3s itself the file.
    container.withEnv("LAB_HTTP_REGISTRIES", registry);
    container.withCopyToContainer(
        Transferable.of(
            """
            mirrors:
              "%s":
                endpoint: ["http://%s"]
            """
                .formatted(registry, registry)),
        "/etc/rancher/k3s/registries.yaml");
    Containers.start(container, name, labels);
    Cluster cluster = new Cluster(name, container);
    // Velero's node-agent mounts the kubelet's pod folder with propagation, which Docker leaves
    // off.
    cluster.exec("mount", "--make-rshared", "/");
    return cluster;
  }

  /** Its name in the bed, and on the hub. */
  String name() {
    return name;
  }

  /** A client with all rights. */
  KubernetesClient client() {
    return client;
  }

  /** The kubeconfig as this machine uses it. */
  String kubeconfig() {
    return container.getKubeConfigYaml();
  }

  /** The kubeconfig as the other containers and their pods use it. */
  String internalKubeconfig() {
    return kubeconfig().replaceAll("server: .*", "server: https://" + address() + ":6443");
  }

  /** Its address for other containers. */
  String address() {
    return Containers.address(container);
  }

  /** The manifest of that name among the test resources. */
  static String manifest(String name) {
    try (InputStream in = Cluster.class.getClassLoader().getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Creates or changes objects. */
  List<HasMetadata> apply(String yaml) {
    return client
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .forceConflicts()
        .serverSideApply();
  }

  /** Runs a program on the node; its output does not matter. */
  void exec(String... command) {
    Containers.exec(container, command);
  }

  /** Makes the cluster vanish from the network without closing a connection. */
  void pause() {
    docker().pauseContainerCmd(container.getContainerId()).exec();
  }

  /** Brings it back. */
  void unpause() {
    docker().unpauseContainerCmd(container.getContainerId()).exec();
  }

  private DockerClient docker() {
    return container.getDockerClient();
  }
}
