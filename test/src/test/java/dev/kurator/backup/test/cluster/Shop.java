package dev.kurator.backup.test.cluster;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workload worth a restore on one member: files in an emptyDir and in a local volume, and two
 * ConfigMaps of which one carries the label app=till.
 *
 * @param member where
 * @param namespace of all of it
 */
record Shop(Member member, String namespace) {

  private static final List<String> VOLUMES = List.of("ledger", "disk");

  /** Deploys it with the price 3 in both ConfigMaps. */
  void deploy() {
    workload().claim(namespace, local(namespace));
    workload()
        .deploy(
            "",
            "{name: ledger, emptyDir: {}}, {name: disk, persistentVolumeClaim: {claimName: disk}}",
            "ledger",
            "disk");
    price("till", "3");
    price("shelf", "3");
  }

  /** Writes a price into one of the ConfigMaps. */
  void price(String configMap, String price) {
    member
        .cluster()
        .apply(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {namespace: %s, name: %s, labels: {app: %s}}
            data: {bread: "%s"}
            """
                .formatted(namespace, configMap, configMap, price));
  }

  /** The price in a ConfigMap, or null where there is no such ConfigMap. */
  @Nullable String price(String configMap) {
    var found = member.client().configMaps().inNamespace(namespace).withName(configMap).get();
    return found == null ? null : found.getData().get("bread");
  }

  /** Deletes a ConfigMap. */
  void forget(String configMap) {
    member.client().configMaps().inNamespace(namespace).withName(configMap).delete();
  }

  /** Provides an empty local volume that this namespace's claim "disk" gets when it comes back. */
  void reserve(String volume) {
    workload().reserve(volume, local(volume));
  }

  /** The namespace and its local volume are lost. */
  void lose() {
    workload().delete();
    member.client().persistentVolumes().withName(namespace).delete();
  }

  /** What is in the volumes, by volume, once the pod runs. */
  Map<String, String> files() {
    workload().await();
    return Map.of(
        VOLUMES.get(0), workload().files("ledger"), VOLUMES.get(1), workload().files("disk"));
  }

  private VolumeWorkload workload() {
    return new VolumeWorkload(member, namespace);
  }

  private static String local(String volume) {
    return "local: {path: %s}".formatted(VolumeWorkload.folder(volume));
  }
}
