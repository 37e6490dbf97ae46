package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.provider.velero.Location;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What was done runs once, also where the hub refuses every write of the status that says so. */
@Execution(ExecutionMode.CONCURRENT)
class LostStatusLifeTest extends RestoreLife {

  private static <R extends HasMetadata> R withoutFinalizers(R resource) {
    resource.getMetadata().setFinalizers(List.of());
    return resource;
  }

  private void vanishes(String kind, String name) {
    velero.cluster.remove(velero.cluster.find(kind, name).orElseThrow());
  }

  /** Its status was refused when it was there. */
  private void vanishesUnwritten(String kind, String name) {
    until(() -> velero.cluster.find(kind, name).isPresent());
    awaitRefusedStatus();
    vanishes(kind, name);
    api.refuseStatus(null);
  }

  private long backups() {
    return velero.cluster.calls().stream()
        .filter(call -> call.startsWith("create Backup/"))
        .count();
  }

  private void awaitRefusedStatus() {
    int before = api.refused();
    until(() -> api.refused() > before);
  }

  private void assertNotTakenAgain() {
    VeleroBackup failed = await(backup(), phase("Failed"));
    assertThat(seen(failed).failureReason())
        .contains("disappeared before its status could be written");
    assertThat(backups()).isEqualTo(1);
  }

  @Test
  void aBackupThatEndedAndVanishedMeanwhileIsNotTakenAgain() {
    api.refuseStatus("velerobackups/backup");
    register();
    applyAll(null);
    vanishesUnwritten("Backup", Samples.BACKUP_NAME);

    assertNotTakenAgain();
  }

  @Test
  void anAdoptedBackupThatVanishesMeanwhileIsNotTakenAgain() {
    register();
    applyAll(null);
    await(backup(), phase("Completed"));
    provider.close();
    edit(backup(), LostStatusLifeTest::withoutFinalizers);
    backup().delete();
    api.refuseStatus("velerobackups/backup");
    hub.resource(Samples.backup("backup", null, "1h")).create();
    provider = begin();
    await(backup(), adopted -> Annotations.of(adopted).containsKey(Names.EXTERNAL_NAME));
    vanishesUnwritten("Backup", Samples.BACKUP_NAME);

    assertNotTakenAgain();
  }

  @Test
  void aBackupOfTheSameNameMadeAnewIsAnotherOne() {
    register();
    applyAll(null);
    await(backup(), phase("Completed"));
    edit(backup(), LostStatusLifeTest::withoutFinalizers);
    backup().delete();
    vanishes("Backup", Samples.BACKUP_NAME);
    VeleroBackup anew = Samples.backup("backup", null, "1h");
    // as after the announcement and before the creation
    anew.getMetadata().setAnnotations(Map.of(Names.EXTERNAL_NAME, Samples.BACKUP_NAME));
    hub.resource(anew).create();

    await(backup(), phase("Completed"));
    assertThat(backups()).isEqualTo(2);
  }

  @Test
  void aRestoreThatEndedAndVanishedMeanwhileKeepsItsOutcome() {
    velero.says("Restore", status("Completed"));
    backup("nightly-1", "Completed", "2026-11-20T00:00:00Z", null);
    api.refuseStatus("velerorestores/restore");
    register();
    applyRestore();
    vanishesUnwritten("Restore", RESTORE_NAME);

    await(restore(), restorePhase("Completed"));
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void anInstallCleansUpAMemberOfWhichItsStatusSaysNothing() {
    VeleroInstall install = Samples.install("install");
    String location = Location.name(install.getSpec().forProvider());
    // the function renders it, so nothing is announced before the member is touched
    install.getMetadata().setAnnotations(Map.of(Names.EXTERNAL_NAME, location));
    api.refuseStatus("veleroinstalls/install");
    register();
    hub.resource(Samples.storage()).create();
    hub.resource(install).create();
    awaitRefusedStatus();
    until(() -> velero.cluster.find("BackupStorageLocation", location).isPresent());
    velero.cut("no route");
    install().delete();
    api.refuseStatus(null);

    await(install(), installSays(Condition.READY, "managementPolicies"));
    velero.heal();
    await(install(), ProviderLife::gone);
    assertThat(velero.cluster.find("BackupStorageLocation", location)).isEmpty();
  }
}
