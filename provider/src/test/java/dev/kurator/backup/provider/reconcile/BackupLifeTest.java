package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroInstall;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A backup from its claim to its end, whatever happens to provider, hub or member meanwhile. */
@Execution(ExecutionMode.CONCURRENT)
class BackupLifeTest extends ProviderLife {

  private static VeleroBackup withoutFinalizers(VeleroBackup backup) {
    backup.getMetadata().setFinalizers(List.of());
    return backup;
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

  @Test
  void anInstallBecomesReadyAndABackupIsTakenOnce() {
    register();
    applyAll(null);

    VeleroBackup done = await(backup(), phase("Completed"));
    assertThat(Mark.isTrue(done.getStatus().conditions(), Condition.READY)).isTrue();
    assertThat(done.getMetadata().getAnnotations())
        .containsEntry(Names.EXTERNAL_NAME, Samples.BACKUP_NAME)
        .containsKey(Names.EXTERNAL_CREATE_PENDING);
    assertThat(done.getMetadata().getFinalizers()).contains(Names.FINALIZER);
    VeleroInstall ready = install().get();
    assertThat(seen(ready).memberIdentity()).isEqualTo(FakeMember.IDENTITY);
    assertThat(seen(ready).storageLocationPhase()).isEqualTo("Available");
    assertThat(velero.cluster.calls()).containsOnlyOnce("create Backup/" + Samples.BACKUP_NAME);
    assertThat(velero.cluster.find("Secret", String.valueOf(seen(ready).storageLocation())))
        .isPresent();
  }

  @Test
  void nothingIsMadeBeforeTheHubKnowsItsName() {
    api.refuse(Samples.BACKUP_NAME);
    register();
    applyAll(null);
    await(install(), installSays(Condition.READY, "True"));
    velero.cluster.await(cluster -> cluster.count("Backup") > 0 || api.refused() > 0);
    assertThat(velero.cluster.count("Backup")).isZero();

    api.refuse(null);
    await(backup(), phase("Completed"));
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
    edit(backup(), BackupLifeTest::withoutFinalizers);
    backup().delete();
    hub.resource(Samples.backup("backup", null, "1h")).create();
    provider = begin();

    VeleroBackup adopted = await(backup(), phase("Completed"));
    assertThat(says(adopted.getStatus().conditions(), Condition.SYNCED, "Adopted")).isTrue();
    assertThat(velero.cluster.count("Backup")).isEqualTo(1);
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
}
