package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The cluster that Crossplane runs on.
 *
 * @param cluster the bare cluster
 */
record Hub(Cluster cluster) {

  /** Namespace of Crossplane and of the members' kubeconfigs. */
  static final String CROSSPLANE = "crossplane-system";

  private static final Duration SOON = Duration.ofMinutes(3);

  /** Installs Crossplane and waits until it takes packages. */
  void installCrossplane() {
    cluster.apply(resource("cluster/crossplane.yaml"));
    for (String deployment : List.of("crossplane", "crossplane-rbac-manager")) {
      client()
          .apps()
          .deployments()
          .inNamespace(CROSSPLANE)
          .withName(deployment)
          .waitUntilCondition(Hub::isAvailable, SOON.toSeconds(), TimeUnit.SECONDS);
    }
    awaitCrd("configurations.pkg.crossplane.io");
  }

  /** Installs a package and waits until it and all it brings are Healthy. */
  void install(String configuration) {
    cluster.apply(configuration);
    for (Kind kind : List.of(Kind.FUNCTION, Kind.PROVIDER, Kind.CONFIGURATION)) {
      Await.untilAll(
          "every " + kind.title() + " is Healthy",
          SOON,
          kind.on(client()),
          packages ->
              !packages.isEmpty()
                  && packages.stream().allMatch(found -> State.is(found, "Healthy", "True")));
    }
    awaitCrd("backups.backup.kurator.dev");
    awaitCrd("clusterproviderconfigs.velero.m.kurator.dev");
  }

  /** Puts the member's kubeconfig where examples/backup/members.yaml expects it. */
  void storeKubeconfig(Cluster member) {
    secret(CROSSPLANE, member.name() + "-kubeconfig", "kubeconfig", member.internalKubeconfig());
  }

  /** Creates or changes a Secret with one key, and its namespace if need be. */
  void secret(String namespace, String name, String key, String value) {
    namespace(namespace);
    client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .addToStringData(key, value)
                .build())
        .forceConflicts()
        .serverSideApply();
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
    return new Claim(Kind.BACKUP.on(client()).inNamespace(namespace).withName(name), namespace);
  }

  /** The managed resources of a kind in a namespace. */
  List<GenericKubernetesResource> list(Kind kind, String namespace) {
    return kind.on(client()).inNamespace(namespace).list().getItems();
  }

  /** A client with all rights. */
  KubernetesClient client() {
    return cluster.client();
  }

  private void awaitCrd(String name) {
    client()
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(name)
        .waitUntilCondition(Hub::isEstablished, SOON.toSeconds(), TimeUnit.SECONDS);
  }

  private static boolean isAvailable(Deployment deployment) {
    return deployment != null
        && deployment.getStatus() != null
        && Objects.equals(deployment.getStatus().getAvailableReplicas(), 1);
  }

  private static boolean isEstablished(CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }

  private static String resource(String name) {
    try (InputStream in = Hub.class.getClassLoader().getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
