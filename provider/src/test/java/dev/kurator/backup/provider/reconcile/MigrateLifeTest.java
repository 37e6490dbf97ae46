package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroRestore;
import dev.kurator.backup.apis.managed.VeleroRestoreSpec;
import dev.kurator.backup.apis.managed.VeleroRestoreStatus;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.provider.velero.BackupChoice;
import dev.kurator.backup.provider.velero.Location;
import dev.kurator.backup.provider.velero.Restores;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The two sides of a Migrate: a target that reads another's folder, and the source it reads. */
@Execution(ExecutionMode.CONCURRENT)
class MigrateLifeTest extends RestoreLife {

  private static final String MOVED = "move-0123abcd";
  private static final String BEGAN = "2026-11-20T00:00:00Z";
  private static final String FOLDER = Location.name(Writers.reading("x").getSpec().forProvider());

  @BeforeEach
  void members() {
    velero.says("Restore", status("InProgress"));
    register();
    hub.resource(Writers.config(Writers.WRITER, List.of("team-*"), null)).create();
    hub.resource(Samples.storage()).create();
  }

  private void readTheSource() {
    hub.resource(Writers.reading("install")).create();
    await(install(), installSays(Condition.READY, "Available"));
  }

  private void synced(String time) {
    velero.update(
        "BackupStorageLocation", FOLDER, Map.of("phase", "Available", "lastSyncedTime", time));
  }

  private Resource<VeleroSchedule> schedule() {
    return hub.resources(VeleroSchedule.class).inNamespace(Samples.NAMESPACE).withName("schedule");
  }

  @Test
  void aTargetWaitsForTheNamedBackupAndThenForTheRecordsOfItsVolumes() {
    readTheSource();
    // of the same claim and newer, but not the one that was named
    backup(FOLDER, "move-ffffffff", "Completed", "2026-11-21T00:00:00Z", "2026-11-21T00:01:00Z");
    hub.resource(restore(MOVED, "hash", "1h")).create();
    await(
        restore(),
        restoreSays(Condition.READY, "Backup " + MOVED + " is not in backups/team-a/berlin"));

    // in another folder, though of that name
    assertStaysWaiting("kb-another", "2026-11-20T00:05:00Z");
    assertStaysWaiting(FOLDER, "2099-01-01T00:00:00Z");
    synced("2099-01-01T00:00:01Z");
    VeleroRestore running = await(restore(), restorePhase("InProgress"));
    assertThat(seen(running).backupName()).isEqualTo(MOVED);
    assertThat(seen(running).backupTimestamp()).isEqualTo(BEGAN);
    goesOn("Completed");
    await(restore(), restorePhase("Completed"));
    assertThat(runs()).isEqualTo(1);
  }

  /** Messages take their time; so looks are counted. The second begins when the first is over. */
  private void assertStaysWaiting(String location, String came) {
    for (int look = 0; look < 2; look++) {
      int before = velero.cluster.listings("Backup");
      velero.cluster.find("Backup", MOVED).ifPresent(velero.cluster::remove);
      backup(location, MOVED, "Completed", BEGAN, came);
      velero.cluster.await(cluster -> cluster.listings("Backup") > before);
    }
    assertThat(runs()).isZero();
  }

  @Test
  void whatTheSourceCollectsEndsNothingAnewAndIsNotDeletedFromHere() {
    readTheSource();
    backup(FOLDER, MOVED, "Completed", BEGAN, "2026-11-20T00:05:00Z");
    hub.resource(restore(MOVED, "hash", "1h")).create();
    await(restore(), restorePhase("InProgress"));
    goesOn("Completed");
    VeleroRestore done = await(restore(), restorePhase("Completed"));
    velero.cluster.forgetCalls();
    // the source's data expired: Velero's sync takes the Backup away here
    velero.cluster.remove(velero.cluster.find("Backup", MOVED).orElseThrow());
    velero.cluster.remove(velero.cluster.find("Restore", RESTORE_NAME).orElseThrow());
    provider.close();
    provider = begin();
    edit(
        restore(),
        it -> {
          it.getMetadata().setLabels(Map.of("look", "again"));
          return it;
        });

    hub.resource(Samples.backup("backup", null, "1s")).create();
    await(backup(), phase(Names.NOT_STARTED));
    assertThat(restore().get().getStatus()).isEqualTo(done.getStatus());
    assertThat(velero.cluster.calls())
        .noneMatch(call -> call.matches("(create|delete) (Backup|Restore|DeleteBackupRequest)/.*"));
  }

  @Test
  void aTargetTakesNoBackupsIntoTheSourcesFolder() {
    readTheSource();
    velero.cluster.forgetCalls();
    hub.resource(Samples.backup("backup", null, "3s")).create();
    hub.resource(Samples.schedule("@daily", false, null)).create();
    String words = "VeleroInstall install is ReadOnly; backups need accessMode ReadWrite";
    await(backup(), backupSays(Condition.READY, words));
    await(
        schedule(),
        it ->
            it != null
                && it.getStatus() != null
                && says(it.getStatus().conditions(), Condition.READY, words));
    VeleroBackup ended = await(backup(), phase(Names.NOT_STARTED));
    assertThat(seen(ended).failureReason()).contains(words);
    assertThat(velero.cluster.calls())
        .noneMatch(call -> call.matches("create (Backup|Schedule)/.*"));
  }

  @Test
  void theSourceKeepsTheDataWhileARestoreElsewhereReadsItOrIsAboutTo() {
    hub.resource(Samples.install("install")).create();
    hub.resource(Samples.backup("backup", DeletionPolicy.Delete, "1h")).create();
    await(backup(), phase("Completed"));
    hub.resource(onRome()).create();
    await(restore(), restoreSays(Condition.SYNCED, "ClusterProviderConfig rome does not exist"));

    backup().delete();
    String words = "VeleroRestore team-a/restore restores from " + Samples.BACKUP_NAME;
    await(backup(), backupSays(Condition.READY, words));
    goesOnOnRome("InProgress");
    int looks = velero.cluster.listings("Restore");
    lookAgain("running");
    velero.cluster.await(cluster -> cluster.listings("Restore") > looks);
    assertThat(backup().get()).isNotNull();
    assertThat(velero.cluster.calls()).noneMatch(call -> call.contains("DeleteBackupRequest"));
    goesOnOnRome("Completed");
    lookAgain("ended");
    await(backup(), ProviderLife::gone);
    assertThat(velero.cluster.calls()).anyMatch(call -> call.contains("DeleteBackupRequest"));
  }

  /** As it was told before rome's registration was lost. */
  private void goesOnOnRome(String phase) {
    restore()
        .editStatus(
            it -> {
              it.setStatus(
                  new VeleroRestoreStatus(
                      Restores.observation(
                          velero(phase), new BackupChoice.Chosen(Samples.BACKUP_NAME, BEGAN)),
                      it.getStatus().conditions(),
                      null));
              return it;
            });
  }

  private static GenericKubernetesResource velero(String phase) {
    GenericKubernetesResource restore = new GenericKubernetesResource();
    restore.setAdditionalProperty("status", status(phase));
    return restore;
  }

  private void lookAgain(String label) {
    edit(
        backup(),
        it -> {
          it.getMetadata().setLabels(Map.of("look", label));
          return it;
        });
  }

  private static VeleroRestore onRome() {
    VeleroRestore restore = restore(Samples.BACKUP_NAME, "hash", "1h");
    restore.setSpec(
        new VeleroRestoreSpec(
            restore.getSpec().forProvider(),
            restore.getSpec().managementPolicies(),
            new ProviderConfigReference(
                ProviderConfigReference.Kind.ClusterProviderConfig, "rome")));
    return restore;
  }
}
