package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.Map;

/**
 * An application worth a migration: a Deployment with files in an emptyDir and in a local volume,
 * ConfigMaps, a Secret, a Service with a node port and a custom resource with a status. All but the
 * ConfigMap "notes" carry the label app=booth.
 *
 * @param member where
 * @param namespace of all of it
 */
record Booth(Member member, String namespace) {

  /** Name of the custom resource's definition. */
  static final String KIND = "tariffs.booth.test";

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  /** Gives a member the kind: before it has Velero, see {@link VariedSet#define}. */
  static void define(Member member) {
    member.cluster().apply(Cluster.manifest("cluster/booth-kind.yaml"));
    Await.served(PATIENCE, member.client(), KIND);
  }

  /** Deploys it, with files in its volumes and a status on its custom resource. */
  void deploy() {
    new VolumeWorkload(member, namespace).claim(namespace, local(namespace));
    member
        .client()
        .persistentVolumeClaims()
        .inNamespace(namespace)
        .withName("disk")
        .patch(MERGE, "{\"metadata\": {\"labels\": {\"app\": \"booth\"}}}");
    member.cluster().apply(Cluster.manifest("cluster/booth.yaml").replace("NAMESPACE", namespace));
    tariff().subresource("status").patch(MERGE, "{\"status\": {\"sold\": 42}}");
    String pod = pod();
    VolumeFiles.write(member, namespace, pod, "/volumes/ledger");
    VolumeFiles.write(member, namespace, pod, "/volumes/disk");
  }

  /** Provides an empty local volume that its claim "disk" gets when it comes. */
  void reserve() {
    String volume = namespace + "-here";
    new VolumeWorkload(member, namespace).reserve(volume, local(volume));
  }

  /** What is in the volumes, by volume, once the Deployment runs. */
  Map<String, String> files() {
    String pod = pod();
    return Map.of(
        "ledger", VolumeFiles.list(member, namespace, pod, "/volumes/ledger"),
        "disk", VolumeFiles.list(member, namespace, pod, "/volumes/disk"));
  }

  /** Data of a ConfigMap; empty where there is none. */
  Map<String, String> configMap(String name) {
    var found = member.client().configMaps().inNamespace(namespace).withName(name).get();
    return found == null ? Map.of() : found.getData();
  }

  /** Data of the Secret; empty where there is none. */
  Map<String, String> secret() {
    var found = member.client().secrets().inNamespace(namespace).withName("safe").get();
    return found == null ? Map.of() : found.getData();
  }

  /** The node port of the Service. */
  int nodePort() {
    return member
        .client()
        .services()
        .inNamespace(namespace)
        .withName("door")
        .get()
        .getSpec()
        .getPorts()
        .getFirst()
        .getNodePort();
  }

  /** The custom resource; its definition must be there. */
  Resource<GenericKubernetesResource> tariff() {
    return member
        .client()
        .genericKubernetesResources("booth.test/v1", "Tariff")
        .inNamespace(namespace)
        .withName("summer");
  }

  /** Whether there is anything of it. */
  boolean exists() {
    return member.client().namespaces().withName(namespace).get() != null;
  }

  private String pod() {
    return Await.untilAll(
            "a pod of the booth runs",
            PATIENCE,
            member.client().pods().inNamespace(namespace).withLabel("app", "booth"),
            pods -> pods.size() == 1 && Readiness.isPodReady(pods.getFirst()))
        .getFirst()
        .getMetadata()
        .getName();
  }

  private static String local(String volume) {
    return "local: {path: %s}".formatted(VolumeWorkload.folder(volume));
  }
}
