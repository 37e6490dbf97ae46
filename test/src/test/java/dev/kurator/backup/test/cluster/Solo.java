package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cluster for faults: hub and member at once, with nothing of Crossplane but our managed
 * resources, an object store of its own, and the provider as a program of this machine that talks
 * to the API server through a gate. There is one per test run, and one test uses it at a time.
 *
 * @param cluster with Velero, and the namespace {@link #CONFIGS} to back up
 * @param store with the bucket {@link Example#BUCKET}
 * @param gate between provider and API server
 * @param provider running, unless a test has killed it
 */
record Solo(Cluster cluster, ObjectStore store, Gate gate, ProviderProcess provider) {

  /** Namespace of the managed resources, and name of the member. */
  static final String SOLO = "solo";

  /** Namespace with a few ConfigMaps, quick to back up. */
  static final String CONFIGS = "configs";

  /** The VeleroInstall. */
  static final String INSTALL = "store";

  /** A Velero Backup of {@link #CONFIGS}, to restore. */
  static final String BASE = "base";

  /** Each kill costs a start of a JVM. */
  static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final Set<String> FAILED = Set.of("PartiallyFailed", "Failed", "NotStarted");
  private static final int KEPT_PORT = 16443;
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String RUN = UUID.randomUUID().toString().substring(0, 4);
  private static final AtomicInteger NAMES = new AtomicInteger();

  private static @Nullable Solo shared;
  private static boolean broken;
  private static boolean paused;

  /** The one of this test run, started on first use and woken where it was paused. */
  static synchronized Solo shared() {
    if (broken) {
      throw new IllegalStateException(
          "the cluster for faults did not start; see the first failure");
    }
    if (shared == null) {
      broken = true;
      shared = start();
      broken = false;
    }
    if (paused) {
      shared.cluster.unpause();
      paused = false;
    }
    return shared;
  }

  /**
   * Until somebody asks for it again it costs the other clusters nothing, nor does its provider.
   */
  static synchronized void pause() {
    if (shared != null && !paused && !BedMode.wanted().stays()) {
      shared.provider.close();
      shared.cluster.pause();
      paused = true;
    }
  }

  /** A name that nothing on the cluster has had. */
  static String unused(String name) {
    return name + "-" + RUN + NAMES.incrementAndGet();
  }

  private static Solo start() {
    Map<String, String> labels = Map.of("dev.kurator.backup.for", SOLO);
    CompletableFuture<ObjectStore> starting =
        CompletableFuture.supplyAsync(() -> ObjectStore.start(labels));
    Cluster cluster = Cluster.startOn(port(), SOLO, labels);
    Shown.record(cluster);
    ObjectStore store = starting.join();
    store.bucket(Example.BUCKET);
    Gate gate = Gate.open(cluster.kubeconfig());
    define(cluster);
    Hub hub = new Hub(cluster);
    hub.secret(Hub.CROSSPLANE, "solo-kubeconfig", "kubeconfig", gate.kubeconfig());
    hub.secret(SOLO, Example.CREDENTIALS, "cloud", store.credentials());
    cluster.apply(
        new Registration(
                SOLO, SOLO, "solo-kubeconfig", SOLO, Registration.smallEngine(Member.VELERO))
            .text());
    hub.namespace(CONFIGS);
    for (int number = 0; number < 3; number++) {
      cluster.apply(
          """
          apiVersion: v1
          kind: ConfigMap
          metadata: {namespace: %s, name: config-%d}
          data: {bread: "3"}
          """
              .formatted(CONFIGS, number));
    }
    ProviderProcess provider =
        ProviderProcess.start(
            ROOT,
            gate.kubeconfig(),
            Path.of("target", SOLO),
            Shown.recorder().lines("solo-provider-log"));
    Solo solo = new Solo(cluster, store, gate, provider);
    solo.applyInstall();
    solo.awaitReady(Kind.VELERO_INSTALL, INSTALL);
    solo.apply(
        Kind.VELERO_BACKUP, BASE, "policy: {resourceFilter: {includedNamespaces: [configs]}}");
    solo.awaitReady(Kind.VELERO_BACKUP, BASE);
    provider.rest();
    return solo;
  }

  /** The same where the cluster is kept, or it would not be found again. */
  private static int port() {
    return BedMode.wanted().stays() ? KEPT_PORT : freePort();
  }

  /** A port of this machine that nobody uses. */
  static int freePort() {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Brings our managed resources to a bare cluster. */
  static void define(Cluster cluster) {
    List<Path> files;
    try (Stream<Path> found = Files.list(ROOT.resolve("package/provider/crds"))) {
      files = found.toList();
      for (Path file : files) {
        cluster.apply(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Await.untilAll(
        "the managed resources are served",
        PATIENCE,
        cluster.client().apiextensions().v1().customResourceDefinitions(),
        crds -> crds.stream().filter(Solo::isServed).count() == files.size());
  }

  private static boolean isServed(CustomResourceDefinition crd) {
    return crd.getSpec().getGroup().equals("velero.m.kurator.dev") && Await.isServed(crd);
  }

  /** Applies the VeleroInstall of the location that most operations use. */
  void applyInstall() {
    applyInstall(INSTALL, SOLO);
  }

  /**
   * Applies a VeleroInstall.
   *
   * @param config the registration; also the folder in the bucket
   */
  void applyInstall(String name, String config) {
    cluster.apply(install(name, config));
  }

  /** A VeleroInstall, for any hub. */
  String install(String name, String config) {
    return """
    apiVersion: velero.m.kurator.dev/v1alpha1
    kind: VeleroInstall
    metadata: {namespace: solo, name: %s}
    spec:
      providerConfigRef: {kind: ClusterProviderConfig, name: %s}
      forProvider:
        accessMode: ReadWrite
        location: {provider: aws, bucket: %s, s3Url: "%s", prefix: %s}
        credentials: {name: %s, key: cloud}
    """
        .formatted(name, config, Example.BUCKET, store.url(), config, Example.CREDENTIALS);
  }

  /**
   * Applies an operation.
   *
   * @param name of the managed resource and of Velero's object
   * @param more of forProvider, lines of YAML
   */
  void apply(Kind kind, String name, String more) {
    apply(kind, name, INSTALL, SOLO, more);
  }

  /** The same with another VeleroInstall, of another registration. */
  void apply(Kind kind, String name, String install, String config, String more) {
    cluster.apply(
        """
        apiVersion: velero.m.kurator.dev/v1alpha1
        kind: %s
        metadata: {namespace: solo, name: %s}
        spec:
          providerConfigRef: {kind: ClusterProviderConfig, name: %s}
          forProvider:
            name: %s
            installName: %s
        %s\
        """
            .formatted(kind.title(), name, config, name, install, more.indent(4)));
  }

  /** A managed resource, or one of Velero's objects. */
  Resource<GenericKubernetesResource> object(Kind kind, String name) {
    String namespace = kind.name().startsWith("VELERO_IO") ? Member.VELERO : SOLO;
    return kind.on(client()).inNamespace(namespace).withName(name);
  }

  /** Begins to look for objects of that name. */
  Sightings sightings(Kind kind, String name) {
    return Sightings.of(
        kind.on(client()).inNamespace(Member.VELERO).withField("metadata.name", name));
  }

  /** Waits until an object is as wanted. */
  GenericKubernetesResource await(
      Kind kind, String name, String what, Predicate<@Nullable GenericKubernetesResource> wanted) {
    return Await.until(
        kind.title() + " " + name + " " + what, PATIENCE, object(kind, name), wanted);
  }

  /** Waits until a managed resource is Ready; fails at once where its operation has failed. */
  void awaitReady(Kind kind, String name) {
    GenericKubernetesResource seen =
        await(kind, name, "is Ready or has failed", it -> isReady(it) || hasFailed(it));
    if (!isReady(seen)) {
      throw new AssertionError(
          "%s %s has failed:%n%s".formatted(kind.title(), name, State.describe(seen)));
    }
  }

  private static boolean isReady(@Nullable GenericKubernetesResource resource) {
    return State.is(resource, "Ready", "True");
  }

  private static boolean hasFailed(@Nullable GenericKubernetesResource resource) {
    return FAILED.contains(State.text(resource, "status", "atProvider", "phase"));
  }

  /** What is in the bucket: keys with a digest of the bytes. */
  Map<String, String> bucket() {
    return store.objects(Example.BUCKET, SOLO);
  }

  /** A client with all rights, beside the gate. */
  KubernetesClient client() {
    return cluster.client();
  }
}
