package dev.kurator.backup.provider.velero;

import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.apis.managed.EngineSettings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One look at an engine: finds the first thing that is missing. */
record EngineCheck(
    @Nullable Deployment server,
    @Nullable DaemonSet agents,
    EngineSettings settings,
    Set<StorageProvider> providers) {

  static EngineCheck of(
      @Nullable Deployment server,
      @Nullable DaemonSet agents,
      EngineSettings settings,
      Set<StorageProvider> providers) {
    return new EngineCheck(server, agents, settings, providers);
  }

  EngineReadiness readiness() {
    String version = server == null ? null : tag(imageOf(server.getSpec().getTemplate().getSpec()));
    Integer desired = agents == null ? null : desired(agents);
    Integer ready = agents == null ? null : ready(agents);
    return Stream.concat(serverProblems(), agentProblems())
        .findFirst()
        .<EngineReadiness>map(
            problem -> new EngineReadiness.NotReady(problem, version, desired, ready))
        .orElseGet(
            () ->
                new EngineReadiness.Ready(
                    Objects.requireNonNullElse(version, ""),
                    Objects.requireNonNullElse(desired, 0),
                    Objects.requireNonNullElse(ready, 0)));
  }

  private Stream<String> serverProblems() {
    if (server == null) {
      return Stream.of("there is no Deployment velero in namespace " + Engine.namespace(settings));
    }
    PodSpec pod = server.getSpec().getTemplate().getSpec();
    if (managed() && !imageOf(pod).equals(EngineImages.velero(settings))) {
      return Stream.of(
          "Deployment velero has image %s, not yet %s"
              .formatted(imageOf(pod), EngineImages.velero(settings)));
    }
    for (String plugin : EngineImages.plugins(settings, providers)) {
      if (managed() && pod.getInitContainers().stream().noneMatch(c -> plugin.equals(image(c)))) {
        return Stream.of("Deployment velero has no plugin " + plugin + " yet");
      }
    }
    return unavailable(server);
  }

  private static Stream<String> unavailable(Deployment server) {
    DeploymentStatus status =
        Objects.requireNonNullElseGet(server.getStatus(), DeploymentStatus::new);
    if (!observed(server.getMetadata().getGeneration(), status.getObservedGeneration())) {
      return Stream.of("Deployment velero has a change that is not rolled out yet");
    }
    int wanted = Objects.requireNonNullElse(server.getSpec().getReplicas(), 1);
    int updated = Objects.requireNonNullElse(status.getUpdatedReplicas(), 0);
    int available = Objects.requireNonNullElse(status.getAvailableReplicas(), 0);
    if (wanted == 0) {
      return Stream.of("Deployment velero is scaled to 0 replicas; scale it to 1");
    }
    if (available < wanted || updated < wanted) {
      return Stream.of(
          "Deployment velero has %d of %d replicas available%s"
              .formatted(Math.min(available, updated), wanted, why(status)));
    }
    return Stream.empty();
  }

  private static String why(DeploymentStatus status) {
    return status.getConditions().stream()
        .filter(
            c ->
                (c.getType().equals("ReplicaFailure") && c.getStatus().equals("True"))
                    || (c.getType().equals("Progressing") && c.getStatus().equals("False")))
        .map(c -> ": " + c.getMessage())
        .findFirst()
        .orElse("");
  }

  private Stream<String> agentProblems() {
    if (agents == null) {
      return Stream.of(
          "there is no DaemonSet node-agent in namespace "
              + Engine.namespace(settings)
              + "; without it no volume can be backed up");
    }
    PodSpec pod = agents.getSpec().getTemplate().getSpec();
    if (managed() && !imageOf(pod).equals(EngineImages.velero(settings))) {
      return Stream.of(
          "DaemonSet node-agent has image %s, not yet %s"
              .formatted(imageOf(pod), EngineImages.velero(settings)));
    }
    DaemonSetStatus status = agents.getStatus();
    Long seen = status == null ? null : status.getObservedGeneration();
    if (!observed(agents.getMetadata().getGeneration(), seen)) {
      return Stream.of("DaemonSet node-agent has a change that is not rolled out yet");
    }
    if (desired(agents) == 0) {
      return Stream.of(
          "DaemonSet node-agent matches no node, so no volume can be backed up; check"
              + " velero.nodeAgent.nodeSelector in the provider config");
    }
    if (ready(agents) < desired(agents)) {
      return Stream.of(
          "DaemonSet node-agent is ready on %d of %d nodes"
              .formatted(ready(agents), desired(agents)));
    }
    return Stream.empty();
  }

  private boolean managed() {
    return settings.management() != EngineSettings.Management.Observe;
  }

  private static boolean observed(@Nullable Long generation, @Nullable Long observed) {
    return generation == null || (observed != null && observed >= generation);
  }

  private static int desired(DaemonSet agents) {
    DaemonSetStatus status = agents.getStatus();
    Integer desired = status == null ? null : status.getDesiredNumberScheduled();
    return Objects.requireNonNullElse(desired, 0);
  }

  /** Ready, and of the current template: an old agent that still runs does not count. */
  private static int ready(DaemonSet agents) {
    DaemonSetStatus status = agents.getStatus();
    if (status == null) {
      return 0;
    }
    int ready = Objects.requireNonNullElse(status.getNumberReady(), 0);
    return Math.min(ready, Objects.requireNonNullElse(status.getUpdatedNumberScheduled(), 0));
  }

  private static String imageOf(PodSpec pod) {
    List<Container> containers = pod.getContainers();
    return containers.isEmpty() ? "" : image(containers.getFirst());
  }

  private static String image(Container container) {
    return Objects.requireNonNullElse(container.getImage(), "");
  }

  private static String tag(String image) {
    String untagged = image.replaceFirst("@.*$", "");
    int colon = untagged.lastIndexOf(':');
    return colon > untagged.lastIndexOf('/') ? untagged.substring(colon + 1) : "";
  }
}
