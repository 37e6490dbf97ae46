package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.ManagementPolicy;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroRestore;
import dev.kurator.backup.apis.managed.VeleroRestoreSpec;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** How a restore leaves its member, and what waits for it meanwhile. */
@Execution(ExecutionMode.CONCURRENT)
class RestoreEndLifeTest extends RestoreLife {

  @BeforeEach
  void backups() {
    velero.says("Restore", status("InProgress"));
    backup("nightly-1", "Completed", "2026-11-20T00:00:00Z", null);
    register();
  }

  private void completed() {
    applyRestore();
    await(restore(), restorePhase("InProgress"));
    goesOn("Completed");
    await(restore(), restorePhase("Completed"));
  }

  @Test
  void deletedAndAppliedAgainItRunsAgain() {
    completed();
    restore().delete();
    await(restore(), ProviderLife::gone);
    assertThat(velero.cluster.calls())
        .containsSubsequence(
            "delete Restore/" + RESTORE_NAME, "delete ConfigMap/kurator-restore-" + RESTORE_NAME);
    assertThat(velero.cluster.count("Restore")).isZero();

    hub.resource(restore(null, "hash", "1h")).create();
    await(restore(), restorePhase("InProgress"));
    assertThat(runs()).isEqualTo(2);
  }

  @Test
  void itsMemoryGoesOnlyAfterVeleroHasLetGoOfTheRestore() {
    completed();
    velero.cluster.holdDeletions();
    restore().delete();
    await(restore(), restoreSays(Condition.READY, "Velero is deleting its Restore"));
    assertThat(remembered()).isTrue();
    install().delete();
    await(install(), installSays(Condition.READY, "VeleroRestore restore"));

    velero.cluster.finishDeletions();
    await(restore(), ProviderLife::gone);
    await(install(), ProviderLife::gone);
    assertThat(remembered()).isFalse();
  }

  @Test
  void whatIsUnderWayIsDeletedOnceVeleroHasEndedIt() {
    applyRestore();
    await(restore(), restorePhase("InProgress"));

    restore().delete();
    await(restore(), restoreSays(Condition.READY, "and ends it first"));
    assertThat(velero.cluster.calls()).noneMatch(call -> call.startsWith("delete Restore/"));

    goesOn("Completed");
    await(restore(), ProviderLife::gone);
    assertThat(velero.cluster.calls()).contains("delete Restore/" + RESTORE_NAME);
  }

  @Test
  void somebodyElsesRestoreOfThatNameStays() {
    GenericKubernetesResource other = new GenericKubernetesResource();
    other.setApiVersion("velero.io/v1");
    other.setKind("Restore");
    other.setMetadata(
        new ObjectMetaBuilder()
            .withName(RESTORE_NAME)
            .withNamespace(FakeVelero.namespace())
            .build());
    other.setAdditionalProperty("spec", Map.of("backupName", "theirs"));
    other.setAdditionalProperty("status", status("Completed"));
    velero.cluster.put(other);
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    VeleroRestore named = restore(null, "hash", "1h");
    // as announced just before the other one was made, or written by hand
    named.getMetadata().setAnnotations(Map.of(Names.EXTERNAL_NAME, RESTORE_NAME));
    hub.resource(named).create();
    await(restore(), restorePhase("Failed"));

    restore().delete();
    await(restore(), ProviderLife::gone);
    assertThat(velero.cluster.find("Restore", RESTORE_NAME)).isPresent();
  }

  @Test
  void onAnUnreachableMemberTheDeletionWaitsAndTellsTheWayOut() {
    completed();
    velero.cut("no answer within 8 s");
    restore().delete();
    await(restore(), restoreSays(Condition.READY, "without Delete in managementPolicies"));
    edit(restore(), RestoreEndLifeTest::withoutDelete);
    await(restore(), ProviderLife::gone);
    assertThat(velero.cluster.find("Restore", RESTORE_NAME)).isPresent();
    assertThat(remembered()).isTrue();
  }

  private static VeleroRestore withoutDelete(VeleroRestore restore) {
    restore.setSpec(
        new VeleroRestoreSpec(
            restore.getSpec().forProvider(),
            List.of(ManagementPolicy.Observe, ManagementPolicy.Create),
            restore.getSpec().providerConfigRef()));
    return restore;
  }

  @Test
  void aBackupsDataIsNotDeletedWhileARestoreReadsIt() {
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    hub.resource(Samples.backup("backup", DeletionPolicy.Delete, "1h")).create();
    await(backup(), phase("Completed"));
    hub.resource(restore(Samples.BACKUP_NAME, "hash", "1h")).create();
    await(restore(), restorePhase("InProgress"));

    backup().delete();
    await(backup(), backupSays(Condition.READY, "restores from " + Samples.BACKUP_NAME));
    assertThat(velero.cluster.calls()).noneMatch(call -> call.contains("DeleteBackupRequest"));
    goesOn("Completed");
    edit(
        backup(),
        backup -> {
          backup.getMetadata().setLabels(Map.of("look", "again"));
          return backup;
        });
    await(backup(), ProviderLife::gone);
    assertThat(velero.cluster.calls()).anyMatch(call -> call.contains("DeleteBackupRequest"));
  }
}
