package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.apis.managed.EngineSettings;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.SecretKeyReference;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.provider.velero.Location;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CareTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Set<StorageProvider> AWS = Set.of(StorageProvider.aws);

  private final FakeMember member = new FakeMember(Samples.MEMBER);
  private final FakeCluster cluster = member.cluster;
  private final Map<SecretName, String> hub = new HashMap<>();
  private final Applied applied = new Applied(Duration.ofMinutes(10));
  private final EngineCare engines = new EngineCare("hub", this::secret, applied);
  private final LocationCare locations = new LocationCare("hub", this::secret, applied);

  private SecretValue secret(SecretName name, String key) {
    String content = hub.get(name);
    return content == null
        ? new SecretValue.Missing("Secret " + name + " does not exist")
        : new SecretValue.Present(content.getBytes(StandardCharsets.UTF_8));
  }

  private static SecretValue.Present content(String text) {
    return new SecretValue.Present(text.getBytes(StandardCharsets.UTF_8));
  }

  private Target.Reached target(@Nullable EngineSettings engine) {
    return new Target.Reached(
        Registration.of(Samples.config(List.of("*"), engine)),
        member,
        FakeMember.IDENTITY,
        cluster);
  }

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
    engines.uninstall(target(null), AWS);
    assertThat(cluster.calls()).isEmpty();
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
    engines.uninstall(target(null), AWS);
    assertThat(cluster.find("Deployment", "velero")).isEmpty();
    assertThat(cluster.find("DaemonSet", "node-agent")).isEmpty();
    assertThat(cluster.find("Namespace", "velero")).isPresent();
  }

  @Test
  void aLocationAndItsCredentialsAreAppliedOnceAndRotationIsCopied() {
    VeleroInstall install = Samples.install("a");
    String name = Location.name(install.getSpec().forProvider());
    locations.ensure(target(null), install, content("one"), List.of(), NOON);
    assertThat(cluster.calls())
        .containsExactly("apply Secret/" + name, "apply BackupStorageLocation/" + name);

    cluster.forgetCalls();
    locations.ensure(target(null), install, content("one"), List.of(), NOON);
    assertThat(cluster.calls()).isEmpty();
    locations.ensure(target(null), install, content("two"), List.of(), NOON);
    assertThat(cluster.calls()).containsExactly("apply Secret/" + name);
  }

  @Test
  void aLocationWaitsForVelerosKinds() {
    member.veleroServed(false);
    assertThat(
            locations.ensure(target(null), Samples.install("a"), content("one"), List.of(), NOON))
        .isEmpty();
    assertThat(cluster.calls()).isEmpty();
  }

  @Test
  void anotherHubsLocationIsNeverTouched() {
    VeleroInstall install = Samples.install("a");
    cluster.put(Location.storageLocation(install.getSpec().forProvider(), "velero", "other"));
    assertThat(locations.ensure(target(null), install, content("one"), List.of(), NOON))
        .hasValueSatisfying(problem -> assertThat(problem).contains("belongs to somebody else"));
    assertThat(cluster.calls()).isEmpty();
  }

  @Test
  void theOldestOfThoseWhoShareALocationSetsItsCredentialsAndSettings() {
    VeleroInstall old = Samples.install("old");
    old.getMetadata().setCreationTimestamp("2026-11-22T11:00:00Z");
    hub.put(new SecretName(Samples.NAMESPACE, "store"), "one");

    assertThat(conflict(Samples.install("new", "other", Map.of()), "two", old))
        .contains("LocationConflict")
        .contains("team-a/old")
        .contains("other credentials");
    assertThat(conflict(Samples.install("new", "other", Map.of()), "one", old)).isEmpty();
    assertThat(conflict(Samples.install("new", "store", Map.of("tagging", "x")), "one", old))
        .contains("LocationConflict")
        .contains("other settings");
    assertThat(
            locations.ensure(
                target(null),
                old,
                content("one"),
                List.of(Samples.install("new", "other", Map.of())),
                NOON))
        .isEmpty();
  }

  private String conflict(VeleroInstall install, String content, VeleroInstall old) {
    return locations.ensure(target(null), install, content(content), List.of(old), NOON).orElse("");
  }

  @Test
  void removingALocationTakesWhatCameFromItAndAsksForNoDeletionOfData() {
    VeleroInstall install = Samples.install("a");
    String name = Location.name(install.getSpec().forProvider());
    locations.ensure(target(null), install, content("one"), List.of(), NOON);
    cluster.put(velero(VeleroKind.Backup, "mine", "storageLocation", name, "Completed"));
    cluster.put(velero(VeleroKind.Backup, "other", "storageLocation", "elsewhere", "Completed"));
    cluster.put(
        velero(VeleroKind.BackupRepository, "repo", "backupStorageLocation", name, "Ready"));
    cluster.forgetCalls();

    assertThat(locations.remove(target(null), install.getSpec().forProvider())).isPresent();
    assertThat(cluster.calls())
        .containsExactly(
            "delete BackupStorageLocation/" + name,
            "delete Backup/mine",
            "delete BackupRepository/repo");
    assertThat(locations.remove(target(null), install.getSpec().forProvider())).isEmpty();
    assertThat(cluster.find("Secret", name)).isEmpty();
    assertThat(cluster.find("Backup", "other")).isPresent();
    assertThat(cluster.count("DeleteBackupRequest")).isZero();
  }

  @Test
  void aLocationStaysWhileVeleroWritesToIt() {
    VeleroInstall install = Samples.install("a");
    String name = Location.name(install.getSpec().forProvider());
    locations.ensure(target(null), install, content("one"), List.of(), NOON);
    cluster.put(velero(VeleroKind.Backup, "mine", "storageLocation", name, "InProgress"));
    cluster.forgetCalls();

    assertThat(locations.remove(target(null), install.getSpec().forProvider()))
        .hasValueSatisfying(
            problem -> assertThat(problem).contains("waiting for Velero's Backup mine"));
    assertThat(cluster.calls()).isEmpty();
  }

  @Test
  void aLocationStaysWhileARestoreThatNobodyKeepsAnyMoreReadsIt() {
    VeleroInstall install = Samples.install("a");
    String name = Location.name(install.getSpec().forProvider());
    locations.ensure(target(null), install, content("one"), List.of(), NOON);
    cluster.put(velero(VeleroKind.Backup, "mine", "storageLocation", name, "Completed"));
    cluster.put(velero(VeleroKind.Backup, "other", "storageLocation", "elsewhere", "Completed"));
    cluster.put(velero(VeleroKind.Restore, "let-go", "backupName", "mine", "InProgress"));
    cluster.put(velero(VeleroKind.Restore, "others", "backupName", "other", "InProgress"));
    cluster.forgetCalls();

    assertThat(locations.remove(target(null), install.getSpec().forProvider()))
        .hasValueSatisfying(
            problem -> assertThat(problem).contains("waiting for Velero's Restore let-go"));
    assertThat(cluster.calls()).isEmpty();
    cluster.put(velero(VeleroKind.Restore, "let-go", "backupName", "mine", "Completed"));
    assertThat(locations.remove(target(null), install.getSpec().forProvider()))
        .hasValueSatisfying(problem -> assertThat(problem).contains("removing"));
  }

  private static GenericKubernetesResource velero(
      VeleroKind kind, String name, String field, String location, String phase) {
    GenericKubernetesResource object = new GenericKubernetesResource();
    object.setApiVersion(VeleroKind.API_VERSION);
    object.setKind(kind.name());
    object.setMetadata(new ObjectMetaBuilder().withNamespace("velero").withName(name).build());
    object.setAdditionalProperty("spec", Map.of(field, location));
    object.setAdditionalProperty("status", Map.of("phase", phase));
    return object;
  }

  @Test
  void releasedNamesAreRememberedPerLocation() {
    Releases releases = new Releases(new MemberLocks());
    releases.add(target(null), VeleroKind.Backup, "one", "kb-a", NOON);
    releases.add(target(null), VeleroKind.Backup, "two", "kb-b", NOON);
    releases.add(target(null), VeleroKind.Backup, "three", "kb-a", NOON);
    assertThat(releases.of(target(null), VeleroKind.Backup, "kb-a"))
        .containsExactlyInAnyOrder("one", "three");
    assertThat(releases.of(target(null), VeleroKind.Backup, "kb-c")).isEmpty();
    releases.add(target(null), VeleroKind.Schedule, "four", "kb-a", NOON);
    assertThat(releases.of(target(null), VeleroKind.Schedule, "kb-a")).containsExactly("four");
  }
}
