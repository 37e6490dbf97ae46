package dev.kurator.backup.test.cluster;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.rnorth.ducttape.unreliables.Unreliables;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/** One Kubernetes cluster in a container. */
final class Cluster {

  private static final DockerImageName IMAGE =
      DockerImageName.parse("rancher/k3s:v1.35.4-k3s1").asCompatibleSubstituteFor("rancher/k3s");

  /**
   * A connection for each request: one from the pool may be closing when it is handed out, and
   * fabric8 7.6 does not send again then (kubernetes-client issue 7450).
   */
  private static final VertxHttpClientFactory UNPOOLED =
      new VertxHttpClientFactory() {
        @Override
        protected void additionalConfig(WebClientOptions options) {
          options.setKeepAlive(false);
        }
      };

  private final String name;
  private final K3sContainer container;
  private final KubernetesClient client;

  private Cluster(String name, K3sContainer container) {
    this.name = name;
    this.container = container;
    this.client =
        new KubernetesClientBuilder()
            .withConfig(patient(Config.fromKubeconfig(container.getKubeConfigYaml())))
            .withHttpClientFactory(UNPOOLED)
            .build();
  }

  /**
   * A busy machine with several clusters takes longer than the client's ten seconds now and then.
   */
  private static Config patient(Config config) {
    config.setConnectionTimeout(60_000);
    config.setRequestTimeout(60_000);
    return config;
  }

  /**
   * Starts a cluster and waits until it is up.
   *
   * @param registry a plain-http registry that its nodes may pull from
   * @param labels of the container
   */
  static Cluster start(String name, String registry, Map<String, String> labels) {
    return start(name, registry, labels, new K3sContainer(IMAGE));
  }

  /**
   * Starts a cluster that may be restarted: its port stays.
   *
   * @param labels of the container
   * @param port of the API server on this machine
   */
  static Cluster startOn(int port, String name, Map<String, String> labels) {
    K3sContainer container = new K3sContainer(IMAGE);
    container.setPortBindings(List.of(port + ":6443"));
    return start(name, "registry.invalid:5000", labels, container);
  }

  private static Cluster start(
      String name, String registry, Map<String, String> labels, K3sContainer container) {
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
    container.withCreateContainerCmdModifier(Cluster::seesItselfAlone);
    Containers.start(container, name, labels);
    Cluster cluster = new Cluster(name, container);
    // Velero's node-agent mounts the kubelet's pod folder with propagation, which Docker leaves
    // off.
    cluster.exec("mount", "--make-rshared", "/");
    return cluster;
  }

  /**
   * Takes back what K3sContainer does for old Dockers: with the machine's control groups in sight,
   * each kubelet counts the containers of all nodes, and four do nothing else with a third of two
   * cores.
   */
  private static void seesItselfAlone(CreateContainerCmd command) {
    HostConfig host = Objects.requireNonNull(command.getHostConfig());
    host.withCgroupnsMode("private")
        .withBinds(
            Stream.of(host.getBinds())
                .filter(bind -> !bind.getVolume().getPath().equals("/sys/fs/cgroup"))
                .toArray(Bind[]::new));
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
    return Again.ifClosed(
        () ->
            client
                .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .forceConflicts()
                .serverSideApply());
  }

  /** Runs a program on the node; returns what it prints, fails when it fails. */
  String exec(String... command) {
    return Containers.exec(container, command);
  }

  /**
   * Makes the cluster vanish from the network without closing a connection. Docker answers "unable
   * to freeze" where a process of a busy node can't be stopped just then: tried again for a minute.
   */
  void pause() {
    Unreliables.retryUntilSuccess(
        60, TimeUnit.SECONDS, () -> docker().pauseContainerCmd(container.getContainerId()).exec());
  }

  /** Brings it back. */
  void unpause() {
    docker().unpauseContainerCmd(container.getContainerId()).exec();
  }

  /** Restarts the machine, as after a power cut; does not wait until it is up. */
  void restart() {
    docker().restartContainerCmd(container.getContainerId()).withTimeout(0).exec();
    exec("mount", "--make-rshared", "/");
  }

  /** Ends it for good. */
  void stop() {
    client.close();
    container.stop();
  }

  private DockerClient docker() {
    return container.getDockerClient();
  }
}
