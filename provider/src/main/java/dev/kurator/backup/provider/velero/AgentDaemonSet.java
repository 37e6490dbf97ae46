package dev.kurator.backup.provider.velero;

import dev.kurator.backup.apis.managed.EngineSettings;
import dev.kurator.backup.apis.managed.NodeAgentSettings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import java.util.Map;
import java.util.Objects;

/**
 * Velero's node-agent (velero pkg/install/daemonset.go). Data mover pods are copies of it, which
 * works with exactly one container only.
 */
final class AgentDaemonSet {

  private static final Map<String, String> SELECTOR = Map.of("name", Engine.DAEMON_SET);

  private AgentDaemonSet() {}

  static DaemonSet of(EngineSettings settings, String hubId) {
    return new DaemonSetBuilder()
        .withMetadata(Engine.metadata(settings, hubId, Engine.DAEMON_SET).build())
        .withNewSpec()
        .withNewSelector()
        .withMatchLabels(SELECTOR)
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(Engine.labels(hubId))
        .addToLabels(SELECTOR)
        .addToLabels("role", Engine.DAEMON_SET)
        .endMetadata()
        .withSpec(pod(settings))
        .endTemplate()
        .endSpec()
        .build();
  }

  private static PodSpec pod(EngineSettings settings) {
    NodeAgentSettings agent =
        Objects.requireNonNullElse(settings.nodeAgent(), NodeAgentSettings.UNSET);
    String kubelet = kubeletRoot(agent);
    return new PodSpecBuilder()
        .withServiceAccountName(Engine.SERVICE_ACCOUNT)
        .withImagePullSecrets(Engine.pullSecrets(settings))
        .withNewSecurityContext()
        .withRunAsUser(0L)
        .endSecurityContext()
        .withNewOs("linux")
        .withNodeSelector(agent.nodeSelector())
        .withTolerations(agent.tolerations())
        .withAffinity(PodParts.notWindows())
        .withContainers(container(settings, agent))
        .withVolumes(
            PodParts.hostPath("host-pods", kubelet + "/pods"),
            PodParts.hostPath("host-plugins", kubelet + "/plugins"),
            PodParts.emptyDir(PodParts.SCRATCH),
            PodParts.credentials())
        .build();
  }

  private static Container container(EngineSettings settings, NodeAgentSettings agent) {
    return new ContainerBuilder()
        .withName(Engine.DAEMON_SET)
        .withImage(EngineImages.velero(settings))
        .withImagePullPolicy(PodParts.PULL_POLICY)
        .withCommand("/velero")
        .withArgs("node-agent", "server")
        .withPorts(PodParts.metricsPort())
        .withNewSecurityContext()
        .withPrivileged(false)
        .endSecurityContext()
        .withEnv(
            PodParts.fromField("NODE_NAME", "spec.nodeName"),
            PodParts.fromField("VELERO_NAMESPACE", "metadata.namespace"),
            PodParts.env("VELERO_SCRATCH_DIR", "/scratch"))
        .withVolumeMounts(
            PodParts.hostMount("host-pods", "/host_pods"),
            PodParts.hostMount("host-plugins", "/var/lib/kubelet/plugins"),
            PodParts.mount(PodParts.SCRATCH, "/scratch"),
            PodParts.mount(PodParts.CREDENTIALS, PodParts.CREDENTIALS_PATH))
        .withResources(ResourceQuantities.of(agent.resources(), ResourceRequirements::new))
        .build();
  }

  private static String kubeletRoot(NodeAgentSettings agent) {
    String root = Objects.requireNonNullElse(agent.kubeletRoot(), "/var/lib/kubelet");
    return root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
  }
}
