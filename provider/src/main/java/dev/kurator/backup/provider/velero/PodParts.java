package dev.kurator.backup.provider.velero;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;

/** What the pods of server and node-agent have in common. */
final class PodParts {

  static final String PULL_POLICY = "IfNotPresent";

  static final String SCRATCH = "scratch";

  static final String CREDENTIALS = "credentials";

  /** Where Velero writes the credentials of locations (velero internal/credentials/local.go). */
  static final String CREDENTIALS_PATH = "/tmp/credentials";

  private PodParts() {}

  static Affinity notWindows() {
    return new AffinityBuilder()
        .withNewNodeAffinity()
        .withNewRequiredDuringSchedulingIgnoredDuringExecution()
        .addNewNodeSelectorTerm()
        .addToMatchExpressions(
            new NodeSelectorRequirement("kubernetes.io/os", "NotIn", List.of("windows")))
        .endNodeSelectorTerm()
        .endRequiredDuringSchedulingIgnoredDuringExecution()
        .endNodeAffinity()
        .build();
  }

  static ContainerPort metricsPort() {
    // the protocol is half of the list's key in server-side apply
    return new ContainerPortBuilder()
        .withName("metrics")
        .withContainerPort(8085)
        .withProtocol("TCP")
        .build();
  }

  static EnvVar env(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }

  static EnvVar fromField(String name, String path) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewFieldRef("v1", path)
        .endValueFrom()
        .build();
  }

  static VolumeMount mount(String volume, String path) {
    return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
  }

  static VolumeMount hostMount(String volume, String path) {
    return new VolumeMountBuilder()
        .withName(volume)
        .withMountPath(path)
        // volumes of pods that start later must show up too
        .withMountPropagation("HostToContainer")
        .build();
  }

  static Volume emptyDir(String name) {
    return new VolumeBuilder().withName(name).withNewEmptyDir().endEmptyDir().build();
  }

  /**
   * The credentials of locations: never on a node's disk. Velero empties such a file before it
   * writes it, and whoever reads in between has no credentials (velero
   * internal/credentials/file_store.go); in memory that moment is far shorter than on a disk.
   */
  static Volume credentials() {
    return new VolumeBuilder()
        .withName(CREDENTIALS)
        .withNewEmptyDir()
        .withMedium("Memory")
        .endEmptyDir()
        .build();
  }

  static Volume hostPath(String name, String path) {
    return new VolumeBuilder()
        .withName(name)
        .withNewHostPath()
        .withPath(path)
        .endHostPath()
        .build();
  }
}
