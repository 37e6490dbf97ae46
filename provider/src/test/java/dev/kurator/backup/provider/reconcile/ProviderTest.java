package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.ClusterProviderConfig;
import dev.kurator.backup.apis.managed.ClusterProviderConfigSpec;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.ManagementPolicy;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallObservation;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.provider.velero.Backups;
import dev.kurator.backup.provider.velero.Location;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole provider against a hub's API in memory and one fake member. */
class ProviderTest {

  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(),
          false);
  private final FakeVelero velero = new FakeVelero();
  private KubernetesClient hub;
  private Provider provider;

  @BeforeEach
  void start() {
    server.init();
    hub = server.createClient();
    velero.says("BackupStorageLocation", FakeVelero.available());
    velero.says("Backup", Map.of("phase", "Completed"));
    provider = begin();
  }

  private Provider begin() {
    return Provider.start(
        new Settings("hub", Duration.ofMinutes(10), 100, null),
        hub,
        new PrometheusRegistry(),
        velero::attach);
  }

  @AfterEach
  void stop() {
    provider.close();
    hub.close();
    server.destroy();
  }

  private void register() {
    hub.resource(Samples.kubeconfig()).create();
    hub.resource(Samples.config(List.of("team-*"), null)).create();
  }

  private void applyAll(@Nullable DeletionPolicy policy) {
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    hub.resource(Samples.backup("backup", policy, "1h")).create();
  }

  private Resource<VeleroInstall> install() {
    return hub.resources(VeleroInstall.class).inNamespace(Samples.NAMESPACE).withName("install");
  }

  private Resource<VeleroBackup> backup() {
    return hub.resources(VeleroBackup.class).inNamespace(Samples.NAMESPACE).withName("backup");
  }

  private static <T> T await(Resource<T> resource, Predicate<T> condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      try {
        // the server in memory may lose an event between list and watch: begin again
        return resource.waitUntilCondition(condition, 2, TimeUnit.SECONDS);
      } catch (KubernetesClientTimeoutException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  private static Predicate<VeleroBackup> phase(String phase) {
    return backup ->
        backup != null
            && backup.getStatus() != null
            && backup.getStatus().atProvider() != null
            && phase.equals(backup.getStatus().atProvider().phase());
  }

  private static Predicate<VeleroInstall> installSays(String type, String part) {
    return install ->
        install != null
            && install.getStatus() != null
            && says(install.getStatus().conditions(), type, part);
  }

  private static Predicate<VeleroBackup> backupSays(String type, String part) {
    return backup ->
        backup != null
            && backup.getStatus() != null
            && says(backup.getStatus().conditions(), type, part);
  }

  private static boolean says(List<Condition> conditions, String type, String part) {
    Condition condition = Mark.find(conditions, type);
    return condition != null && String.valueOf(condition).contains(part);
  }

  private static VeleroInstallObservation seen(VeleroInstall install) {
    return Objects.requireNonNull(install.getStatus().atProvider());
  }

  private static VeleroBackupObservation seen(VeleroBackup backup) {
    return Objects.requireNonNull(backup.getStatus().atProvider());
  }

  private static boolean gone(@Nullable HasMetadata resource) {
    return resource == null;
  }

  @Test
  void anInstallBecomesReadyAndABackupIsTakenOnce() {
    register();
    applyAll(null);

    VeleroBackup done = await(backup(), phase("Completed"));
    assertThat(Mark.isTrue(done.getStatus().conditions(), Condition.READY)).isTrue();
    assertThat(done.getMetadata().getAnnotations())
        .containsEntry(Names.EXTERNAL_NAME, Samples.BACKUP_NAME)
        .containsKey(Names.EXTERNAL_CREATE_PENDING);
    assertThat(done.getMetadata().getFinalizers()).contains(Provider.FINALIZER);
    VeleroInstall ready = install().get();
    assertThat(seen(ready).memberIdentity()).isEqualTo(FakeMember.IDENTITY);
    assertThat(seen(ready).storageLocationPhase()).isEqualTo("Available");
    assertThat(velero.cluster.calls()).containsOnlyOnce("create Backup/" + Samples.BACKUP_NAME);
    assertThat(velero.cluster.find("Secret", String.valueOf(seen(ready).storageLocation())))
        .isPresent();
  }

  @Test
  void nothingSecretShowsOnTheHub() {
    register();
    applyAll(null);
    await(backup(), phase("Completed"));
    List<Event> events = hub.v1().events().inNamespace(Samples.NAMESPACE).list().getItems();
    assertThat(
            hub.getKubernetesSerialization()
                .asJson(List.of(install().get(), backup().get(), events)))
        .doesNotContain("hunter2");
  }

  @Test
  void aLostAnswerToTheCreationLeadsToOneBackup() {
    velero.cluster.loseNextAnswer();
    register();
    applyAll(null);

    await(backup(), phase("Completed"));
    assertThat(velero.cluster.calls()).containsOnlyOnce("create Backup/" + Samples.BACKUP_NAME);
    assertThat(velero.cluster.count("Backup")).isEqualTo(1);
  }

  @Test
  void aProviderKilledAfterTheCreationFindsItsBackupAgain() {
    velero.says("Backup", Map.of("phase", "InProgress"));
    register();
    applyAll(null);
    await(backup(), phase("InProgress"));
    provider.close();
    // as if the last status had never been written
    backup()
        .editStatus(
            resource -> {
              resource.setStatus(null);
              return resource;
            });
    velero.update("Backup", Samples.BACKUP_NAME, Map.of("phase", "Completed"));
    provider = begin();

    VeleroBackup done = await(backup(), phase("Completed"));
    assertThat(velero.cluster.calls()).containsOnlyOnce("create Backup/" + Samples.BACKUP_NAME);
    assertThat(says(done.getStatus().conditions(), Condition.SYNCED, "Adopted")).isFalse();
  }

  @Test
  void aCompletedBackupIsNotTakenAgainWhenVeleroForgetsIt() {
    register();
    applyAll(null);
    await(backup(), phase("Completed"));
    velero.cluster.remove(velero.cluster.find("Backup", Samples.BACKUP_NAME).orElseThrow());
    provider.close();
    provider = begin();
    hub.resource(Samples.backup("second", null, "1h")).create();
    await(
        hub.resources(VeleroBackup.class).inNamespace(Samples.NAMESPACE).withName("second"),
        phase("Completed"));

    assertThat(seen(backup().get()).phase()).isEqualTo("Completed");
    // the second resource wanted the same name: that is the one creation more
    assertThat(velero.cluster.calls())
        .filteredOn(call -> call.startsWith("create Backup/"))
        .hasSize(2);
  }

  @Test
  void aRebuiltHubAdoptsItsBackup() {
    register();
    applyAll(null);
    await(backup(), phase("Completed"));
    provider.close();
    backup().edit(ProviderTest::withoutFinalizers);
    backup().delete();
    hub.resource(Samples.backup("backup", null, "1h")).create();
    provider = begin();

    VeleroBackup adopted = await(backup(), phase("Completed"));
    assertThat(says(adopted.getStatus().conditions(), Condition.SYNCED, "Adopted")).isTrue();
    assertThat(velero.cluster.count("Backup")).isEqualTo(1);
  }

  private static VeleroBackup labelled(VeleroBackup backup) {
    backup.getMetadata().setLabels(Map.of("look", "again"));
    return backup;
  }

  private static VeleroBackup withoutFinalizers(VeleroBackup backup) {
    backup.getMetadata().setFinalizers(List.of());
    return backup;
  }

  @Test
  void anUnreachableMemberIsToldAndItsWorkGoesOnWhenItIsBack() {
    velero.cut("no answer within 8 s");
    register();
    applyAll(null);
    await(
        install(),
        installSays(Condition.SYNCED, "cluster paris is unreachable: no answer within 8 s"));
    await(backup(), backupSays(Condition.SYNCED, "cluster paris is unreachable"));

    velero.heal();
    await(backup(), phase("Completed"));
  }

  @Test
  void aBackupThatCannotBeginInTimeEndsWithTheReason() {
    velero.cut("no answer within 8 s");
    register();
    hub.resource(Samples.backup("backup", null, "1s")).create();

    VeleroBackup ended = await(backup(), phase(Names.NOT_STARTED));
    assertThat(seen(ended).failureReason())
        .contains("deadline")
        .contains("cluster paris is unreachable");
  }

  @Test
  void aNamespaceThatIsNotAllowedReadsNoCredentials() {
    hub.resource(Samples.kubeconfig()).create();
    hub.resource(Samples.config(List.of("team-b"), null)).create();
    applyAll(null);
    await(install(), installSays(Condition.SYNCED, "does not allow namespace team-a"));
    await(backup(), backupSays(Condition.SYNCED, "does not allow namespace team-a"));
    assertThat(velero.asked).hasValue(0);

    hub.resource(Samples.config(List.of("team-*"), null)).patch();
    await(backup(), phase("Completed"));
  }

  @Test
  void everyMissingPieceIsNamedAndPickedUpWhenItComes() {
    hub.resource(Samples.install("install")).create();
    await(install(), installSays(Condition.SYNCED, "ClusterProviderConfig paris does not exist"));
    hub.resource(Samples.config(List.of("team-*"), null)).create();
    await(
        install(),
        installSays(Condition.SYNCED, "Secret crossplane-system/paris-kubeconfig does not exist"));
    hub.resource(
            Samples.secret(
                "crossplane-system", "paris-kubeconfig", "kubeconfig", "bad: kubeconfig"))
        .create();
    await(install(), installSays(Condition.SYNCED, "is refused: it has an exec section"));
    hub.resource(Samples.kubeconfig()).patch();
    await(install(), installSays(Condition.SYNCED, "Secret team-a/store does not exist"));
    hub.resource(Samples.storage()).create();
    await(install(), installSays(Condition.READY, "Available"));
  }

  @Test
  void rotatedCredentialsReachTheMember() {
    register();
    applyAll(null);
    VeleroInstall ready = await(install(), installSays(Condition.READY, "Available"));
    velero.cluster.forgetCalls();
    hub.resource(Samples.secret(Samples.NAMESPACE, "store", "cloud", "rotated")).patch();
    String name = seen(ready).storageLocation();
    velero.cluster.await(cluster -> cluster.calls().contains("apply Secret/" + name));
  }

  @Test
  void aBackupWaitsForItsLocation() {
    velero.says("BackupStorageLocation", Map.of("phase", "Unavailable", "message", "no bucket"));
    register();
    applyAll(null);
    await(backup(), backupSays(Condition.READY, "waiting for VeleroInstall install"));

    String location = Location.name(Samples.install("install").getSpec().forProvider());
    velero.cluster.await(cluster -> cluster.find("BackupStorageLocation", location).isPresent());
    assertThat(velero.cluster.count("Backup")).isZero();

    velero.update("BackupStorageLocation", location, FakeVelero.available());
    await(backup(), phase("Completed"));
  }

  @Test
  void retainedBackupsAreReleasedAndTheLastInstallTakesTheLocationWithIt() {
    register();
    applyAll(null);
    await(backup(), phase("Completed"));
    velero.cluster.forgetCalls();
    install().delete();
    backup().delete();
    await(install(), ProviderTest::gone);
    await(backup(), ProviderTest::gone);

    assertThat(velero.cluster.calls())
        .containsSubsequence(
            "label Backup/" + Samples.BACKUP_NAME,
            "delete BackupStorageLocation/"
                + Location.name(Samples.install("x").getSpec().forProvider()));
    assertThat(velero.cluster.calls()).noneMatch(call -> call.contains("DeleteBackupRequest"));
    assertThat(velero.cluster.find("Deployment", "velero")).isPresent();
  }

  @Test
  void aClaimOfTheSameNameAppliedLaterIsANewOne() {
    register();
    applyAll(null);
    await(backup(), phase("Completed"));
    HasMetadata old = velero.cluster.find("Backup", Samples.BACKUP_NAME).orElseThrow();
    install().delete();
    backup().delete();
    await(install(), ProviderTest::gone);
    // Velero brings it back from the bucket, without the label
    velero.cluster.put(old);
    hub.resource(Samples.install("install")).create();
    hub.resource(Samples.backup("backup", null, "1h")).create();

    VeleroBackup again = await(backup(), phase("Completed"));
    assertThat(again.getMetadata().getAnnotations())
        .containsEntry(Names.EXTERNAL_NAME, Samples.BACKUP_NAME + "-2");
  }

  @Test
  void deletedBackupsAreDeletedByVelero() {
    register();
    applyAll(DeletionPolicy.Delete);
    await(backup(), phase("Completed"));
    backup().delete();
    await(backup(), ProviderTest::gone);
    assertThat(velero.cluster.calls())
        .anyMatch(call -> call.startsWith("create DeleteBackupRequest/"));
    assertThat(velero.cluster.count("Backup")).isZero();
  }

  @Test
  void aDeleteOnAnUnreachableMemberWaitsAndSaysSo() {
    register();
    applyAll(DeletionPolicy.Delete);
    await(backup(), phase("Completed"));
    velero.cut("no route");
    backup().delete();
    await(backup(), backupSays(Condition.READY, "managementPolicies"));

    velero.heal();
    await(backup(), ProviderTest::gone);
    assertThat(velero.cluster.count("Backup")).isZero();
  }

  @Test
  void anInstallStaysWhileABackupNamesIt() {
    velero.says("Backup", Map.of("phase", "InProgress"));
    register();
    applyAll(null);
    await(backup(), phase("InProgress"));
    install().delete();
    await(install(), installSays(Condition.READY, "waiting for VeleroBackup backup to go"));
    velero.update("Backup", Samples.BACKUP_NAME, Map.of("phase", "Completed"));
    await(backup(), phase("Completed"));
    backup().delete();
    await(install(), ProviderTest::gone);
  }

  @Test
  void aPausedResourceIsLeftAloneUntilThePauseEnds() {
    register();
    VeleroInstall paused = Samples.install("install");
    paused.getMetadata().setAnnotations(Map.of(Names.PAUSED, "true"));
    hub.resource(Samples.storage()).create();
    hub.resource(paused).create();
    await(install(), installSays(Condition.SYNCED, "ReconcilePaused"));
    assertThat(velero.asked).hasValue(0);

    install()
        .edit(
            resource -> {
              resource.getMetadata().setAnnotations(Map.of());
              return resource;
            });
    await(install(), installSays(Condition.READY, "Available"));
  }

  @Test
  void ourOwnStatusWritesAreNoReasonToLookAgain() {
    register();
    applyAll(null);
    await(backup(), phase("Completed"));
    String version = backup().get().getMetadata().getResourceVersion();
    hub.resource(Samples.backup("other", null, "1h")).create();
    await(
        hub.resources(VeleroBackup.class).inNamespace(Samples.NAMESPACE).withName("other"),
        phase("Completed"));
    assertThat(backup().get().getMetadata().getResourceVersion()).isEqualTo(version);
  }

  private static GenericKubernetesResource veleroBackup(
      Map<String, String> labels, Map<String, Object> status) {
    GenericKubernetesResource backup =
        Backups.backup(
            "somebody-elses",
            FakeVelero.namespace(),
            Samples.backup("x", null, "1h").getSpec().forProvider(),
            Location.name(Samples.install("x").getSpec().forProvider()),
            "hub",
            FakeMember.IDENTITY);
    backup.getMetadata().setLabels(labels);
    backup.setAdditionalProperty("status", status);
    return backup;
  }

  @Test
  void aFolderWithAnotherClustersBackupsIsRefusedUntilTheConfigSaysReplaces() {
    velero.cluster.put(
        veleroBackup(Map.of(Names.MEMBER_LABEL, "lost-cluster"), Map.of("phase", "Completed")));
    register();
    applyAll(null);
    await(install(), installSays(Condition.READY, "Available"));
    velero.cluster.await(cluster -> cluster.listings("Backup") > 0);
    int looks = velero.cluster.listings("Backup");
    backup().edit(ProviderTest::labelled);
    // it looks again, so it did not go ahead the first time
    velero.cluster.await(cluster -> cluster.listings("Backup") > looks);
    assertThat(velero.cluster.calls()).noneMatch(call -> call.startsWith("create Backup/"));

    ClusterProviderConfig config = Samples.config(List.of("team-*"), null);
    ClusterProviderConfigSpec spec = config.getSpec();
    config.setSpec(
        new ClusterProviderConfigSpec(
            spec.credentials(), spec.allowedNamespaces(), spec.velero(), "lost-cluster"));
    hub.resource(config).patch();
    await(backup(), phase("Completed"));
  }

  @Test
  void aNameThatSomebodyElseHasFailsTheBackupAndDeletingItTouchesNothing() {
    GenericKubernetesResource taken = veleroBackup(Map.of(), Map.of("phase", "Completed"));
    taken.getMetadata().setName(Samples.BACKUP_NAME);
    velero.cluster.put(taken);
    register();
    applyAll(DeletionPolicy.Delete);
    VeleroBackup failed = await(backup(), phase("Failed"));
    assertThat(seen(failed).failureReason()).startsWith(BackupDecisions.NAME_TAKEN);

    velero.cluster.forgetCalls();
    backup().delete();
    await(backup(), ProviderTest::gone);
    assertThat(velero.cluster.calls()).isEmpty();
    assertThat(velero.cluster.find("Backup", Samples.BACKUP_NAME)).isPresent();
  }

  @Test
  void somebodyElsesVeleroIsLeftAloneAndTheInstallSaysSo() {
    velero.cluster.put(
        new DeploymentBuilder()
            .withNewMetadata()
            .withNamespace(FakeVelero.namespace())
            .withName("velero")
            .endMetadata()
            .withNewSpec()
            .withNewTemplate()
            .withNewSpec()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build());
    register();
    applyAll(null);
    await(install(), installSays(Condition.SYNCED, "was installed by somebody else"));
    await(backup(), backupSays(Condition.READY, "waiting for VeleroInstall install"));
    assertThat(velero.cluster.calls()).isEmpty();
  }

  @Test
  void aDeletedInstallWaitsForAMemberThatCannotBeReachedUntilItsPoliciesLetGo() {
    register();
    applyAll(null);
    await(install(), installSays(Condition.READY, "Available"));
    backup().delete();
    await(backup(), ProviderTest::gone);
    hub.resource(Samples.kubeconfig()).delete();
    install().delete();
    await(install(), installSays(Condition.READY, "paris-kubeconfig does not exist"));
    await(install(), installSays(Condition.READY, "managementPolicies"));

    velero.cluster.forgetCalls();
    install()
        .edit(
            resource -> {
              VeleroInstallSpec spec = resource.getSpec();
              resource.setSpec(
                  new VeleroInstallSpec(
                      spec.forProvider(),
                      List.of(ManagementPolicy.Observe),
                      spec.providerConfigRef()));
              return resource;
            });
    await(install(), ProviderTest::gone);
    assertThat(velero.cluster.calls()).isEmpty();
  }

  @Test
  void progressCostsNoMoreThanOneWriteInItsInterval() {
    velero.says("Backup", Map.of("phase", "InProgress"));
    register();
    applyAll(null);
    await(backup(), phase("InProgress"));
    AtomicInteger writes = new AtomicInteger();
    try (Watch _ = backup().watch(new Counter(writes))) {
      for (int items = 1; items <= 50; items++) {
        velero.update(
            "Backup",
            Samples.BACKUP_NAME,
            Map.of(
                "phase",
                "InProgress",
                "progress",
                Map.of("itemsBackedUp", items, "totalItems", 50)));
        // time enough to write each one, if that were allowed
        for (int look = 0; look < 5; look++) {
          assertThat(backup().get()).isNotNull();
        }
      }
      velero.update(
          "Backup",
          Samples.BACKUP_NAME,
          Map.of("phase", "Completed", "progress", Map.of("itemsBackedUp", 50, "totalItems", 50)));
      await(backup(), phase("Completed"));
      // one for the end, and one at most for all that was before it
      assertThat(writes).hasValueLessThanOrEqualTo(2);
    }
  }

  private record Counter(AtomicInteger changes) implements Watcher<VeleroBackup> {

    @Override
    public void eventReceived(Action action, VeleroBackup backup) {
      if (action == Action.MODIFIED) {
        changes.incrementAndGet();
      }
    }

    @Override
    public void onClose(WatcherException cause) {}
  }
}
