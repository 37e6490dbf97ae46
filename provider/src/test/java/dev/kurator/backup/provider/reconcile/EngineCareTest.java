package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.apis.managed.EngineSettings;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.SecretKeyReference;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineCareTest extends Care {

  private static final Set<StorageProvider> AWS = Set.of(StorageProvider.aws);

  private final EngineCare engines = new EngineCare("hub", this::secret, applied);

  @Test
  void anEngineIsAppliedOnceAndThenLeftAlone() {
    assertThat(engines.ensure(target(null), AWS, NOON)).isEmpty();
    assertThat(cluster.calls())
        .contains(
            "apply Namespace/velero", "apply Deployment/velero", "apply DaemonSet/node-agent");

    cluster.forgetCalls();
    assertThat(engines.ensure(target(null), AWS, NOON.plusSeconds(60))).isEmpty();
    assertThat(cluster.calls()).isEmpty();
  }

  @Test
  void driftOfTheEngineIsPutRight() {
    engines.ensure(target(null), AWS, NOON);
    cluster.forgetCalls();
    HasMetadata deployment = cluster.find("Deployment", "velero").orElseThrow();
    deployment.getMetadata().setGeneration(2L);
    cluster.put(deployment);

    engines.ensure(target(null), AWS, NOON.plusSeconds(60));
    assertThat(cluster.calls()).contains("apply Deployment/velero");
  }

  @Test
  void whatNobodyWatchesIsAppliedAgainAfterAWhile() {
    engines.ensure(target(null), AWS, NOON);
    cluster.forgetCalls();
    engines.ensure(target(null), AWS, NOON.plus(Duration.ofMinutes(11)));
    assertThat(cluster.calls()).contains("apply ClusterRoleBinding/velero");
  }

  @Test
  void aSecondObjectStoreBringsItsPlugin() {
    engines.ensure(target(null), AWS, NOON);
    cluster.forgetCalls();
    engines.ensure(target(null), Set.of(StorageProvider.aws, StorageProvider.gcp), NOON);
    assertThat(cluster.calls()).contains("apply Deployment/velero");
  }

  @Test
  void anotherVersionOfTheEngineWaitsForTheBackupThatItWouldEnd() {
    engines.ensure(target(null), AWS, NOON);
    runServer();
    cluster.put(backup("nightly", "InProgress"));
    cluster.forgetCalls();
    Set<StorageProvider> more = Set.of(StorageProvider.aws, StorageProvider.gcp);

    assertThat(engines.ensure(target(null), more, NOON))
        .hasValueSatisfying(problem -> assertThat(problem).contains("Velero's Backup nightly"));
    assertThat(cluster.calls()).doesNotContain("apply Deployment/velero");

    cluster.put(backup("nightly", "Completed"));
    assertThat(engines.ensure(target(null), more, NOON)).isEmpty();
    assertThat(cluster.calls()).contains("apply Deployment/velero");
  }

  @Test
  void itWaitsForARestoreThatItWouldEndToo() {
    engines.ensure(target(null), AWS, NOON);
    runServer();
    GenericKubernetesResource restore = backup("again", "InProgress");
    restore.setKind(VeleroKind.Restore.name());
    cluster.put(restore);
    assertThat(engines.ensure(target(null), Set.of(StorageProvider.aws, StorageProvider.gcp), NOON))
        .hasValueSatisfying(problem -> assertThat(problem).contains("Velero's Restore again"));
  }

  @Test
  void driftIsPutRightAlsoWhileABackupRuns() {
    engines.ensure(target(null), AWS, NOON);
    runServer();
    cluster.put(backup("nightly", "InProgress"));
    cluster.forgetCalls();

    assertThat(engines.ensure(target(null), AWS, NOON.plusSeconds(60))).isEmpty();
    assertThat(cluster.calls()).contains("apply Deployment/velero");
  }

  private void runServer() {
    Deployment deployment = (Deployment) cluster.find("Deployment", "velero").orElseThrow();
    cluster.put(
        new DeploymentBuilder(deployment)
            .editMetadata()
            .withGeneration(2L)
            .endMetadata()
            .withNewStatus()
            .withAvailableReplicas(1)
            .endStatus()
            .build());
  }

  private static GenericKubernetesResource backup(String name, String phase) {
    GenericKubernetesResource backup = new GenericKubernetesResource();
    backup.setApiVersion(VeleroKind.API_VERSION);
    backup.setKind(VeleroKind.Backup.name());
    backup.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace("velero").build());
    backup.setAdditionalProperty("status", Map.of("phase", phase));
    return backup;
  }

  @Test
  void somebodyElsesEngineIsNeverTouched() {
    cluster.put(velero(Map.of()));
    assertThat(engines.ensure(target(null), AWS, NOON))
        .hasValueSatisfying(
            problem -> assertThat(problem).contains("somebody else").contains("Observe"));
    assertThat(cluster.calls()).isEmpty();
  }

  @Test
  void anotherHubsEngineIsNeverTouched() {
    cluster.put(velero(Map.of(Names.HUB_LABEL, "other")));
    assertThat(engines.ensure(target(null), AWS, NOON))
        .hasValueSatisfying(problem -> assertThat(problem).contains("belongs to hub other"));
    engines.uninstall(target(null));
    assertThat(cluster.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Namespace", "ServiceAccount", "ClusterRoleBinding"})
  void whatAnotherHubPreparedForItsEngineIsNeverTouched(String kind) {
    new EngineCare("other", this::secret, applied).ensure(target(null), AWS, NOON);
    List.of("Deployment/velero", "DaemonSet/node-agent").forEach(this::remove);
    Stream.of("Namespace/velero", "ServiceAccount/velero", "ClusterRoleBinding/velero")
        .filter(object -> !object.startsWith(kind))
        .forEach(this::remove);
    cluster.forgetCalls();

    assertThat(engines.ensure(target(null), AWS, NOON))
        .hasValueSatisfying(problem -> assertThat(problem).contains("belongs to hub other"));
    assertThat(cluster.calls()).isEmpty();
  }

  private void remove(String object) {
    int slash = object.indexOf('/');
    cluster.remove(
        cluster.find(object.substring(0, slash), object.substring(slash + 1)).orElseThrow());
  }

  @Test
  void aNamespaceThatWasPreparedByHandIsUsed() {
    cluster.put(new NamespaceBuilder().withNewMetadata().withName("velero").endMetadata().build());
    assertThat(engines.ensure(target(null), AWS, NOON)).isEmpty();
    assertThat(cluster.calls()).contains("apply Namespace/velero", "apply Deployment/velero");
  }

  @Test
  void anObservedEngineIsUsedAsItIs() {
    EngineSettings observed = Samples.engine(EngineSettings.Management.Observe, null, null);
    cluster.put(velero(Map.of()));
    assertThat(engines.ensure(target(observed), AWS, NOON)).isEmpty();
    assertThat(cluster.calls()).isEmpty();
  }

  private static Deployment velero(Map<String, String> labels) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withNamespace("velero")
        .withName("velero")
        .withLabels(labels)
        .endMetadata()
        .build();
  }

  @Test
  void theRepositoryPasswordIsThereBeforeTheServerAndIsNeverChanged() {
    EngineSettings settings =
        Samples.engine(null, null, new SecretKeyReference("crossplane-system", "repo", "password"));
    assertThat(engines.ensure(target(settings), AWS, NOON))
        .hasValueSatisfying(
            problem -> assertThat(problem).contains("crossplane-system/repo does not exist"));
    assertThat(cluster.find("Deployment", "velero")).isEmpty();

    hub.put(new SecretName("crossplane-system", "repo"), "first");
    assertThat(engines.ensure(target(settings), AWS, NOON)).isEmpty();
    assertThat(cluster.calls().indexOf("create Secret/velero-repo-credentials"))
        .isBetween(0, cluster.calls().indexOf("apply Deployment/velero"));

    hub.put(new SecretName("crossplane-system", "repo"), "second");
    engines.ensure(target(settings), AWS, NOON.plus(Duration.ofMinutes(11)));
    assertThat(cluster.find("Secret", "velero-repo-credentials"))
        .hasValueSatisfying(
            secret ->
                assertThat(((Secret) secret).getData().get("repository-password"))
                    .isEqualTo("Zmlyc3Q="));
  }

  @Test
  void anUninstalledEngineLeavesNamespaceAndSecretsBehind() {
    engines.ensure(target(null), AWS, NOON);
    engines.uninstall(target(null));
    assertThat(cluster.find("Deployment", "velero")).isEmpty();
    assertThat(cluster.find("DaemonSet", "node-agent")).isEmpty();
    assertThat(cluster.find("Namespace", "velero")).isPresent();
  }
}
