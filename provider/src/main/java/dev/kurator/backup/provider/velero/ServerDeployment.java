package dev.kurator.backup.provider.velero;

import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.apis.managed.EngineSettings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Velero's server (velero pkg/install/deployment.go, with the helm chart's probes). */
final class ServerDeployment {

  static final String CONTAINER = "velero";

  private static final Map<String, String> SELECTOR = Map.of("deploy", "velero");

  private ServerDeployment() {}

  static Deployment of(EngineSettings settings, String hubId, Set<StorageProvider> providers) {
    return new DeploymentBuilder()
        .withMetadata(Engine.metadata(settings, hubId, Engine.DEPLOYMENT).build())
        .withNewSpec()
        .withReplicas(1)
        // two servers at once would run the same backup twice: Velero elects no leader
        .withNewStrategy()
        .withType("Recreate")
        .endStrategy()
        .withNewSelector()
        .withMatchLabels(SELECTOR)
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(Engine.labels(hubId))
        .addToLabels(SELECTOR)
        .addToAnnotations("prometheus.io/scrape", "true")
        .addToAnnotations("prometheus.io/port", "8085")
        .addToAnnotations("prometheus.io/path", "/metrics")
        .endMetadata()
        .withSpec(pod(settings, providers))
        .endTemplate()
        .endSpec()
        .build();
  }

  private static PodSpec pod(EngineSettings settings, Set<StorageProvider> providers) {
    return new PodSpecBuilder()
        .withRestartPolicy("Always")
        .withServiceAccountName(Engine.SERVICE_ACCOUNT)
        .withImagePullSecrets(Engine.pullSecrets(settings))
        .withTerminationGracePeriodSeconds(3600L)
        .withNewOs("linux")
        .withNodeSelector(settings.nodeSelector())
        .withTolerations(settings.tolerations())
        .withAffinity(PodParts.notWindows())
        .withInitContainers(initContainers(settings, providers))
        .withContainers(server(settings))
        .withVolumes(
            PodParts.emptyDir("plugins"),
            PodParts.emptyDir(PodParts.SCRATCH),
            PodParts.credentials())
        .build();
  }

  private static List<Container> initContainers(
      EngineSettings settings, Set<StorageProvider> providers) {
    List<Container> containers = new ArrayList<>();
    containers.add(
        new ContainerBuilder()
            .withName("velero-crds")
            .withImage(EngineImages.velero(settings))
            .withImagePullPolicy(PodParts.PULL_POLICY)
            .withCommand("/velero")
            .withArgs("install", "--crds-only", "--apply")
            .build());
    for (String image : EngineImages.plugins(settings, providers)) {
      containers.add(
          new ContainerBuilder()
              .withName(EngineImages.containerName(image))
              .withImage(image)
              .withImagePullPolicy(PodParts.PULL_POLICY)
              .withVolumeMounts(PodParts.mount("plugins", "/target"))
              .build());
    }
    return containers;
  }

  private static Container server(EngineSettings settings) {
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(EngineImages.velero(settings))
        .withImagePullPolicy(PodParts.PULL_POLICY)
        .withCommand("/velero")
        .withArgs(args(settings))
        .withPorts(PodParts.metricsPort())
        .withEnv(
            PodParts.fromField("VELERO_NAMESPACE", "metadata.namespace"),
            PodParts.env("VELERO_SCRATCH_DIR", "/scratch"),
            PodParts.env("LD_LIBRARY_PATH", "/plugins"))
        .withVolumeMounts(
            PodParts.mount("plugins", "/plugins"),
            PodParts.mount(PodParts.SCRATCH, "/scratch"),
            PodParts.mount(PodParts.CREDENTIALS, PodParts.CREDENTIALS_PATH))
        .withResources(ResourceQuantities.of(settings.resources(), ServerDeployment::usual))
        .withReadinessProbe(probe(2, 10))
        .withLivenessProbe(probe(10, 30))
        .build();
  }

  private static List<String> args(EngineSettings settings) {
    List<String> args = new ArrayList<>();
    args.add("server");
    args.add("--uploader-type=kopia");
    // empty: no location is the default one, so nobody's backup lands in another claim's bucket
    args.add("--default-backup-storage-location=");
    Integer concurrent = settings.concurrentBackups();
    if (concurrent != null) {
      args.add("--concurrent-backups=" + concurrent);
    }
    return args;
  }

  private static Probe probe(int delay, int period) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath("/metrics")
        .withNewPort("metrics")
        .withScheme("HTTP")
        .endHttpGet()
        .withInitialDelaySeconds(delay)
        .withPeriodSeconds(period)
        .withTimeoutSeconds(5)
        .withFailureThreshold(5)
        .withSuccessThreshold(1)
        .build();
  }

  private static ResourceRequirements usual() {
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", new Quantity("500m"))
        .addToRequests("memory", new Quantity("128Mi"))
        .addToLimits("cpu", new Quantity("1"))
        .addToLimits("memory", new Quantity("512Mi"))
        .build();
  }
}
