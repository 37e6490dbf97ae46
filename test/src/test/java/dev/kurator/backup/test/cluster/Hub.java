package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cluster that Crossplane runs on.
 *
 * @param cluster the bare cluster
 */
record Hub(Cluster cluster) {

  /** Namespace of Crossplane and of the members' kubeconfigs. */
  static final String CROSSPLANE = "crossplane-system";

  private static final Duration SOON = Duration.ofMinutes(6);
  private static final List<Kind> PACKAGES =
      List.of(Kind.FUNCTION, Kind.PROVIDER, Kind.CONFIGURATION);

  /**
   * Installs Crossplane and waits until it takes packages.
   *
   * @param flags of its program beyond the usual ones
   */
  void installCrossplane(String... flags) {
    String arguments =
        Stream.concat(Stream.of("core", "start"), Stream.of(flags))
            .map("\"%s\""::formatted)
            .collect(Collectors.joining(", ", "args: [", "]"));
    cluster.apply(
        Cluster.manifest("cluster/crossplane.yaml").replace("args: [core, start]", arguments));
    for (String deployment : List.of("crossplane", "crossplane-rbac-manager")) {
      Await.until(
          deployment + " is available",
          SOON,
          client().apps().deployments().inNamespace(CROSSPLANE).withName(deployment),
          Hub::isAvailable);
    }
    awaitCrd("configurations.pkg.crossplane.io");
  }

  /** Installs a package and waits until it and all it brings are Healthy. */
  void install(String configuration) {
    cluster.apply(configuration);
    for (Kind kind : PACKAGES) {
      Await.untilAll(
          "every " + kind.title() + " is Healthy",
          SOON,
          kind.on(client()),
          packages -> !packages.isEmpty() && packages.stream().allMatch(Hub::isInstalled));
    }
    awaitCrd("backups.backup.kurator.dev");
    awaitCrd("restores.backup.kurator.dev");
    awaitCrd("migrates.backup.kurator.dev");
    awaitCrd("clusterproviderconfigs.velero.m.kurator.dev");
  }

  /** Whether a Configuration was installed, be it healthy or not. */
  boolean hasPackages() {
    return !Kind.CONFIGURATION.on(client()).list().getItems().isEmpty();
  }

  /**
   * Raises all three packages, as docs/packages.md tells a user to, and waits until they run.
   *
   * @param configuration the YAML that installs the new Configuration
   * @param version of all three
   */
  void upgrade(String configuration, String version) {
    for (Kind kind : List.of(Kind.FUNCTION, Kind.PROVIDER)) {
      for (GenericKubernetesResource installed : kind.on(client()).list().getItems()) {
        String source = State.text(installed, "spec", "package").replaceFirst(":[^:/]*$", "");
        client()
            .resource(installed)
            .patch(
                PatchContext.of(PatchType.JSON_MERGE),
                "{\"spec\": {\"package\": \"" + source + ":" + version + "\"}}");
      }
    }
    install(configuration);
    for (String label : List.of("pkg.crossplane.io/function", "pkg.crossplane.io/provider")) {
      Await.untilAll(
          "only version " + version + " runs",
          SOON,
          client().pods().inNamespace(CROSSPLANE).withLabel(label),
          pods ->
              !pods.isEmpty()
                  && pods.stream()
                      .allMatch(
                          pod ->
                              Readiness.isPodReady(pod)
                                  && pod.getSpec()
                                      .getContainers()
                                      .getFirst()
                                      .getImage()
                                      .endsWith(version)));
    }
  }

  /** Puts the member's kubeconfig where examples/backup/members.yaml expects it. */
  void storeKubeconfig(Cluster member) {
    secret(CROSSPLANE, member.name() + "-kubeconfig", "kubeconfig", member.internalKubeconfig());
  }

  /** Kills the provider's process, and waits until Kubernetes has started another. */
  void killProvider() {
    kill("pkg.crossplane.io/provider", "provider-velero");
  }

  /** Kills the function's process, and waits until Kubernetes has started another. */
  void killFunction() {
    kill("pkg.crossplane.io/function", "function-fleet-backup");
  }

  private void kill(String label, String name) {
    // another test may just have changed how it runs
    Pod pod =
        Await.untilAll(
                "a container of " + name + " runs",
                SOON,
                client().pods().inNamespace(CROSSPLANE).withLabel(label, name),
                pods -> pods.stream().anyMatch(Hub::runs))
            .stream()
            .filter(Hub::runs)
            .findFirst()
            .orElseThrow();
    ContainerStatus container = pod.getStatus().getContainerStatuses().getFirst();
    cluster.exec(
        "ctr",
        "-n",
        "k8s.io",
        "tasks",
        "kill",
        "-s",
        "SIGKILL",
        container.getContainerID().replace("containerd://", ""));
    Await.until(
        "the container was restarted",
        SOON,
        client().resource(pod),
        found -> restarts(found) > container.getRestartCount());
  }

  private static boolean runs(Pod pod) {
    return !pod.isMarkedForDeletion()
        && pod.getStatus().getContainerStatuses().stream()
            .anyMatch(it -> it.getContainerID() != null && it.getState().getRunning() != null);
  }

  private static int restarts(@Nullable Pod pod) {
    return pod == null ? 0 : pod.getStatus().getContainerStatuses().getFirst().getRestartCount();
  }

  /** Creates or changes a Secret with one key, and its namespace if need be. */
  void secret(String namespace, String name, String key, String value) {
    namespace(namespace);
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(name)
            .endMetadata()
            .addToStringData(key, value)
            .build();
    Again.ifClosed(() -> client().resource(secret).forceConflicts().serverSideApply());
  }

  /** Creates a namespace unless it exists. */
  void namespace(String name) {
    cluster.apply(
        """
        apiVersion: v1
        kind: Namespace
        metadata:
          name: %s
        """
            .formatted(name));
  }

  /** A Backup claim, which need not exist. */
  Claim claim(String namespace, String name) {
    return claim(Kind.BACKUP, namespace, name);
  }

  private Claim claim(Kind kind, String namespace, String name) {
    return new Claim(client(), kind.on(client()).inNamespace(namespace).withName(name), namespace);
  }

  /** A Restore claim, which need not exist. */
  Claim restore(String namespace, String name) {
    return claim(Kind.RESTORE, namespace, name);
  }

  /** A Migrate claim, which need not exist. */
  Claim migrate(String namespace, String name) {
    return claim(Kind.MIGRATE, namespace, name);
  }

  /** The managed resources of a kind in a namespace. */
  List<GenericKubernetesResource> list(Kind kind, String namespace) {
    return kind.on(client()).inNamespace(namespace).list().getItems();
  }

  /** A client with all rights. */
  KubernetesClient client() {
    return cluster.client();
  }

  /** Waits until the cluster knows a kind. */
  void awaitCrd(String name) {
    Await.served(SOON, client(), name);
  }

  /** Healthy in the version that is asked for, and not in the one before. */
  private static boolean isInstalled(GenericKubernetesResource found) {
    return State.is(found, "Healthy", "True")
        && State.text(found, "status", "currentIdentifier")
            .equals(State.text(found, "spec", "package"));
  }

  private static boolean isAvailable(@Nullable Deployment deployment) {
    return deployment != null
        && deployment.getStatus() != null
        && Objects.equals(deployment.getStatus().getAvailableReplicas(), 1);
  }
}
