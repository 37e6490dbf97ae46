package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.ClusterProviderConfig;
import dev.kurator.backup.apis.managed.ClusterProviderConfigSpec;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.provider.velero.Backups;
import dev.kurator.backup.provider.velero.Location;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What may be in a backup's way, and what is told of it. */
@Execution(ExecutionMode.CONCURRENT)
class BackupObstaclesLifeTest extends ProviderLife {

  private static VeleroBackup labelled(VeleroBackup backup) {
    backup.getMetadata().setLabels(Map.of("look", "again"));
    return backup;
  }

  private static GenericKubernetesResource veleroBackup(
      Map<String, String> labels, Map<String, Object> status) {
    GenericKubernetesResource backup =
        Backups.backup(
            "somebody-elses",
            FakeVelero.namespace(),
            Samples.backup("x", null, "1h").getSpec().forProvider(),
            Location.name(Samples.install("x").getSpec().forProvider()),
            Samples.origin("hub", FakeMember.IDENTITY));
    backup.getMetadata().setLabels(labels);
    backup.setAdditionalProperty("status", status);
    return backup;
  }

  private List<Event> events() {
    return hub.v1().events().inNamespace(Samples.NAMESPACE).list().getItems().stream()
        .filter(event -> event.getInvolvedObject().getKind().equals("VeleroBackup"))
        .toList();
  }

  @Test
  void whoIsFasterWithTheNameKeepsItAndIsNotTakenForOurs() {
    GenericKubernetesResource winner = veleroBackup(Map.of(), Map.of("phase", "Completed"));
    winner.getMetadata().setName(Samples.BACKUP_NAME);
    velero.cluster.race(winner);
    register();
    applyAll(null);

    VeleroBackup failed = await(backup(), phase("Failed"));
    assertThat(seen(failed).failureReason()).startsWith(NameChoice.NAME_TAKEN);
    until(() -> !events().isEmpty());
    assertThat(events()).extracting(Event::getReason).containsOnly("CannotCreateExternalResource");
    assertThat(events()).extracting(Event::getMessage).allMatch(it -> it.startsWith("NameTaken"));
  }

  @Test
  void whoIsFasterWithAReleasedNameLeavesUsTheNextOne() {
    GenericKubernetesResource winner =
        veleroBackup(Map.of(Names.RELEASED_LABEL, "true"), Map.of("phase", "Completed"));
    winner.getMetadata().setName(Samples.BACKUP_NAME);
    velero.cluster.race(winner);
    register();
    applyAll(null);

    VeleroBackup done = await(backup(), phase("Completed"));
    assertThat(done.getMetadata().getAnnotations())
        .containsEntry(Names.EXTERNAL_NAME, Samples.BACKUP_NAME + "-2");
    until(() -> !events().isEmpty());
    assertThat(events())
        .extracting(Event::getMessage)
        .containsOnly("Created Velero's Backup " + Samples.BACKUP_NAME + "-2");
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
  void aFolderWithAnotherClustersBackupsIsRefusedUntilTheConfigSaysReplaces() {
    velero.cluster.put(
        veleroBackup(Map.of(Names.MEMBER_LABEL, "lost-cluster"), Map.of("phase", "Completed")));
    register();
    applyAll(null);
    await(install(), installSays(Condition.READY, "Available"));
    velero.cluster.await(cluster -> cluster.listings("Backup") > 0);
    int looks = velero.cluster.listings("Backup");
    edit(backup(), BackupObstaclesLifeTest::labelled);
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
    assertThat(seen(failed).failureReason()).startsWith("NameTaken");

    velero.cluster.forgetCalls();
    backup().delete();
    await(backup(), ProviderLife::gone);
    assertThat(velero.cluster.calls()).isEmpty();
    assertThat(velero.cluster.find("Backup", Samples.BACKUP_NAME)).isPresent();
  }

  @Test
  void aBackupAsksItsLocationWhereTheInstallHasNotHeardYet() {
    register();
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    await(install(), installSays(Condition.READY, "Available"));
    edit(install(), BackupObstaclesLifeTest::paused);
    await(install(), installSays(Condition.SYNCED, "ReconcilePaused"));
    String location = Location.name(Samples.install("install").getSpec().forProvider());
    velero.update("BackupStorageLocation", location, Map.of("phase", "Unavailable"));

    hub.resource(Samples.backup("backup", null, "1h")).create();
    await(backup(), backupSays(Condition.READY, "is not ready any more"));
    assertThat(velero.cluster.count("Backup")).isZero();
    assertThat(install().get()).matches(installSays(Condition.READY, "Available"));
  }

  @Test
  void whatTheMemberRefusesIsToldAndTriedAgain() {
    velero.cluster.refuse("Backup", "quota exceeded");
    register();
    applyAll(null);
    await(backup(), backupSays(Condition.SYNCED, "cluster paris refused: quota exceeded"));
    until(() -> !events().isEmpty());
    assertThat(events()).extracting(Event::getReason).containsOnly("CannotCreateExternalResource");

    velero.cluster.refuse("Backup", null);
    await(backup(), phase("Completed"));
  }

  private static VeleroInstall paused(VeleroInstall install) {
    install
        .getMetadata()
        .setAnnotations(
            Map.of(
                Names.PAUSED,
                "true",
                Names.EXTERNAL_NAME,
                Location.name(install.getSpec().forProvider())));
    return install;
  }
}
