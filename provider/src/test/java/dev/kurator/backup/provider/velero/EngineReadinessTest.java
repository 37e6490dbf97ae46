package dev.kurator.backup.provider.velero;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.apis.managed.EngineSettings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EngineReadinessTest {

  private static final Set<StorageProvider> AWS = Set.of(StorageProvider.aws);

  @Test
  void anEngineWithEverythingAvailableIsReady() {
    assertThat(readiness(server(1, 1, 1), agents(3, 3, 3)))
        .isEqualTo(new EngineReadiness.Ready("v1.18.3", 3, 3));
  }

  @Test
  void anAbsentServerIsNamedWithItsNamespace() {
    assertThat(problem(null, agents(1, 1, 1)))
        .isEqualTo("there is no Deployment velero in namespace velero");
  }

  @Test
  void anUnavailableServerIsCounted() {
    assertThat(problem(server(1, 0, 1), agents(1, 1, 1)))
        .isEqualTo("Deployment velero has 0 of 1 replicas available");
  }

  @Test
  void aServerOfTheTemplateBeforeDoesNotCount() {
    assertThat(problem(server(1, 1, 0), agents(1, 1, 1)))
        .isEqualTo("Deployment velero has 0 of 1 replicas available");
  }

  @Test
  void aStuckServerSaysWhatKubernetesSays() {
    Deployment stuck =
        new DeploymentBuilder(server(1, 0, 1))
            .editStatus()
            .addNewCondition()
            .withType("Progressing")
            .withStatus("False")
            .withMessage("ReplicaSet \"velero-1\" has timed out progressing.")
            .endCondition()
            .endStatus()
            .build();
    assertThat(problem(stuck, agents(1, 1, 1)))
        .isEqualTo(
            "Deployment velero has 0 of 1 replicas available: ReplicaSet \"velero-1\" has timed out"
                + " progressing.");
  }

  @Test
  void aServerScaledToNothingIsNotReady() {
    Deployment scaled =
        new DeploymentBuilder(server(1, 0, 0)).editSpec().withReplicas(0).endSpec().build();
    assertThat(problem(scaled, agents(1, 1, 1)))
        .isEqualTo("Deployment velero is scaled to 0 replicas; scale it to 1");
  }

  @Test
  void anImageOfBeforeIsNotReadyUnlessTheEngineIsOnlyObserved() {
    Deployment old =
        new DeploymentBuilder(server(1, 1, 1))
            .editSpec()
            .editTemplate()
            .editSpec()
            .editFirstContainer()
            .withImage("velero/velero:v1.17.0")
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    assertThat(problem(old, agents(1, 1, 1)))
        .isEqualTo(
            "Deployment velero has image velero/velero:v1.17.0, not yet velero/velero:v1.18.3");
    EngineSettings observe =
        new EngineSettings(
            null,
            null,
            null,
            Map.of(),
            List.of(),
            null,
            Map.of(),
            List.of(),
            null,
            null,
            null,
            EngineSettings.Management.Observe,
            null);
    assertThat(Engine.readiness(old, agents(1, 1, 1), observe, AWS))
        .isEqualTo(new EngineReadiness.Ready("v1.17.0", 1, 1));
  }

  @Test
  void aMissingPluginIsNotReady() {
    assertThat(
            Engine.readiness(
                server(1, 1, 1),
                agents(1, 1, 1),
                EngineSettings.UNSET,
                Set.of(StorageProvider.aws, StorageProvider.gcp)))
        .isEqualTo(
            new EngineReadiness.NotReady(
                "Deployment velero has no plugin velero/velero-plugin-for-gcp:v1.14.2 yet",
                "v1.18.3",
                1,
                1));
  }

  @Test
  void aChangeThatKubernetesHasNotSeenYetIsNotReady() {
    Deployment changed =
        new DeploymentBuilder(server(1, 1, 1))
            .editMetadata()
            .withGeneration(7L)
            .endMetadata()
            .build();
    assertThat(problem(changed, agents(1, 1, 1)))
        .isEqualTo("Deployment velero has a change that is not rolled out yet");
  }

  @Test
  void aServerWithoutStatusIsNotReady() {
    Deployment fresh = (Deployment) manifests().get(3);
    assertThat(problem(fresh, agents(1, 1, 1)))
        .isEqualTo("Deployment velero has 0 of 1 replicas available");
  }

  @Test
  void missingNodeAgentsAreCounted() {
    assertThat(problem(server(1, 1, 1), agents(3, 1, 3)))
        .isEqualTo("DaemonSet node-agent is ready on 1 of 3 nodes");
    assertThat(problem(server(1, 1, 1), agents(3, 3, 2)))
        .as("old agents do not count")
        .isEqualTo("DaemonSet node-agent is ready on 2 of 3 nodes");
  }

  @Test
  void noNodeForTheNodeAgentIsExplained() {
    assertThat(problem(server(1, 1, 1), agents(0, 0, 0)))
        .isEqualTo(
            "DaemonSet node-agent matches no node, so no volume can be backed up; check"
                + " velero.nodeAgent.nodeSelector in the provider config");
  }

  @Test
  void anAbsentNodeAgentIsExplained() {
    assertThat(problem(server(1, 1, 1), null))
        .isEqualTo(
            "there is no DaemonSet node-agent in namespace velero; without it no volume can be"
                + " backed up");
  }

  private static EngineReadiness readiness(
      @Nullable Deployment server, @Nullable DaemonSet agents) {
    return Engine.readiness(server, agents, EngineSettings.UNSET, AWS);
  }

  private static String problem(@Nullable Deployment server, @Nullable DaemonSet agents) {
    return switch (readiness(server, agents)) {
      case EngineReadiness.NotReady(String message, _, _, _) -> message;
      case EngineReadiness.Ready ready -> ready.toString();
    };
  }

  private static List<HasMetadata> manifests() {
    return Engine.manifests(EngineSettings.UNSET, "hub", AWS);
  }

  private static Deployment server(int wanted, int available, int updated) {
    return new DeploymentBuilder((Deployment) manifests().get(3))
        .editMetadata()
        .withGeneration(2L)
        .endMetadata()
        .editSpec()
        .withReplicas(wanted)
        .endSpec()
        .withNewStatus()
        .withObservedGeneration(2L)
        .withAvailableReplicas(available)
        .withUpdatedReplicas(updated)
        .endStatus()
        .build();
  }

  private static DaemonSet agents(int desired, int ready, int updated) {
    return new DaemonSetBuilder((DaemonSet) manifests().get(4))
        .editMetadata()
        .withGeneration(2L)
        .endMetadata()
        .withNewStatus()
        .withObservedGeneration(2L)
        .withDesiredNumberScheduled(desired)
        .withNumberReady(ready)
        .withUpdatedNumberScheduled(updated)
        .endStatus()
        .build();
  }
}
