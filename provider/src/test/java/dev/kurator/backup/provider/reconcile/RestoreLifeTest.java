package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.ClusterProviderConfig;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.ManagementPolicy;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroRestore;
import dev.kurator.backup.apis.managed.VeleroRestoreSpec;
import dev.kurator.backup.provider.velero.Restores;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A restore from its claim to its end, whatever happens to provider, hub or member meanwhile. */
@Execution(ExecutionMode.CONCURRENT)
class RestoreLifeTest extends RestoreLife {

  @BeforeEach
  void backups() {
    velero.says("Restore", status("InProgress"));
    backup("nightly-1", "Completed", "2026-11-20T00:00:00Z", null);
    backup("nightly-2", "Completed", "2026-11-21T00:00:00Z", null);
    backup("nightly-3", "PartiallyFailed", "2026-11-22T00:00:00Z", null);
    register();
  }

  @Test
  void theNewestCompletedBackupIsRestoredOnce() {
    applyRestore();
    VeleroRestore running = await(restore(), restorePhase("InProgress"));
    assertThat(seen(running).backupName()).isEqualTo("nightly-2");
    assertThat(seen(running).backupTimestamp()).isEqualTo("2026-11-21T00:00:00Z");
    assertThat(marker().created()).isTrue();
    assertThat(marker().outcome()).isNull();

    goesOn("Completed");
    VeleroRestore done = await(restore(), restorePhase("Completed"));
    assertThat(Mark.isTrue(done.getStatus().conditions(), Condition.READY)).isTrue();
    assertThat(done.getMetadata().getAnnotations())
        .containsEntry(Names.EXTERNAL_NAME, RESTORE_NAME)
        .containsKey(Names.EXTERNAL_CREATE_PENDING);
    assertThat(marker().outcome()).isEqualTo(seen(done));
    assertThat(velero.cluster.calls())
        .containsSubsequence(
            "create ConfigMap/kurator-restore-" + RESTORE_NAME,
            "create Restore/" + RESTORE_NAME,
            "apply ConfigMap/kurator-restore-" + RESTORE_NAME);
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void theChoiceStaysThoughNewerBackupsCome() {
    velero.cluster.loseNextAnswer();
    applyRestore();
    await(restore(), restorePhase("InProgress"));
    backup("nightly-4", "Completed", "2026-11-22T10:00:00Z", null);
    provider.close();
    loseStatus();
    provider = begin();
    assertThat(seen(await(restore(), restorePhase("InProgress"))).backupName())
        .isEqualTo("nightly-2");
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void aRestoreThatEndedWhileTheProviderWasDownIsToldAndNotRunAgain() {
    applyRestore();
    await(restore(), restorePhase("InProgress"));
    provider.close();
    loseStatus();
    goesOn("PartiallyFailed");
    provider = begin();
    VeleroRestore done = await(restore(), restorePhase("PartiallyFailed"));
    assertThat(says(done.getStatus().conditions(), Condition.SYNCED, "Adopted")).isFalse();
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void aRestoreThatIsDeletedUnderWayFailsAndIsNotRunAgain() {
    applyRestore();
    await(restore(), restorePhase("InProgress"));
    velero.cluster.remove(velero.cluster.find("Restore", RESTORE_NAME).orElseThrow());
    VeleroRestore failed = await(restore(), restorePhase("Failed"));
    assertThat(seen(failed).failureReason()).contains("disappeared before it ended");
    assertThat(marker().outcome()).isEqualTo(seen(failed));
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void anOutcomeOutlivesTheHubTheRestoreAndItsBackup() {
    applyRestore();
    await(restore(), restorePhase("InProgress"));
    goesOn("Completed");
    await(restore(), restorePhase("Completed"));
    loseHub();
    // Velero deletes the Restores of a deleted Backup
    velero.cluster.remove(velero.cluster.find("Restore", RESTORE_NAME).orElseThrow());
    velero.cluster.remove(velero.cluster.find("Backup", "nightly-2").orElseThrow());
    hub.resource(restore(null, "hash", "1h")).create();
    provider = begin();

    VeleroRestore adopted = await(restore(), restorePhase("Completed"));
    assertThat(says(adopted.getStatus().conditions(), Condition.SYNCED, "Adopted")).isTrue();
    assertThat(seen(adopted).backupName()).isEqualTo("nightly-2");
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void aRebuiltHubWatchesWhatRuns() {
    applyRestore();
    await(restore(), restorePhase("InProgress"));
    loseHub();
    hub.resource(restore(null, "hash", "1h")).create();
    provider = begin();
    VeleroRestore adopted = await(restore(), restorePhase("InProgress"));
    assertThat(says(adopted.getStatus().conditions(), Condition.SYNCED, "Adopted")).isTrue();
    goesOn("Completed");
    await(restore(), restorePhase("Completed"));
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void anotherRestoreOfThatNameIsNotRun() {
    applyRestore();
    await(restore(), restorePhase("InProgress"));
    goesOn("Completed");
    await(restore(), restorePhase("Completed"));
    loseHub();
    hub.resource(restore("nightly-1", "other", "1h")).create();
    provider = begin();
    VeleroRestore failed = await(restore(), restorePhase("Failed"));
    assertThat(seen(failed).failureReason()).startsWith("NameTaken");
    assertThat(runs()).isEqualTo(1);

    restore().delete();
    await(restore(), ProviderLife::gone);
    assertThat(marker().choice().backupName()).isEqualTo("nightly-2");
  }

  @Test
  void aRestoreThatSomebodyElseMadeIsLeftAlone() {
    GenericKubernetesResource foreign =
        Restores.restore(
            RESTORE_NAME,
            FakeVelero.namespace(),
            restore(null, "hash", "1h").getSpec().forProvider(),
            "nightly-1",
            Samples.origin("hub", FakeMember.IDENTITY));
    foreign.getMetadata().setLabels(Map.of());
    velero.cluster.put(foreign);
    applyRestore();
    assertThat(seen(await(restore(), restorePhase("Failed"))).failureReason())
        .startsWith("NameTaken");
    restore().delete();
    await(restore(), ProviderLife::gone);
    assertThat(velero.cluster.find("Restore", RESTORE_NAME)).isPresent();
    assertThat(remembered()).isFalse();
  }

  @Test
  void aNamedBackupIsAwaitedWithTheRecordsOfItsVolumes() {
    backup("from-afar", "Completed", "2026-11-01T00:00:00Z", "2099-01-01T00:00:00Z");
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    await(install(), installSays(Condition.READY, "Available"));
    hub.resource(restore("from-afar", "hash", "1h")).create();
    await(restore(), restoreSays(Condition.READY, "records of its volumes"));
    assertThat(runs()).isZero();

    velero.update(
        "BackupStorageLocation",
        location(),
        Map.of("phase", "Available", "lastSyncedTime", "2099-01-01T00:00:01Z"));
    assertThat(seen(await(restore(), restorePhase("InProgress"))).backupName())
        .isEqualTo("from-afar");
  }

  @Test
  void whatCannotBeginInTimeEndsWithTheReasonAndIsNotRunByARebuiltHub() {
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    await(install(), installSays(Condition.READY, "Available"));
    hub.resource(restore("late", "hash", "1s")).create();
    VeleroRestore ended = await(restore(), restorePhase(Names.NOT_STARTED));
    assertThat(seen(ended).failureReason()).contains("deadline").contains("late");

    loseHub();
    backup("late", "Completed", "2026-11-01T00:00:00Z", null);
    hub.resource(restore("late", "hash", "1h")).create();
    provider = begin();
    await(restore(), restorePhase(Names.NOT_STARTED));
    assertThat(runs()).isZero();

    restore().delete();
    await(restore(), ProviderLife::gone);
    assertThat(remembered()).isFalse();
    hub.resource(restore("late", "hash", "1h")).create();
    await(restore(), restorePhase("InProgress"));
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void anUnreachableMemberEndsNothingThatMayRun() {
    applyRestore();
    await(restore(), restorePhase("InProgress"));
    velero.cut("no answer within 8 s");
    await(restore(), restoreSays(Condition.SYNCED, "cluster paris is unreachable"));
    goesOn("Completed");
    velero.heal();
    await(restore(), restorePhase("Completed"));
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void whatVeleroCountedIsExplainedAfterTheEnd() {
    velero.says(
        "DownloadRequest",
        Map.of("phase", "Processed", "downloadURL", "http://169.254.169.254/latest/meta-data"));
    applyRestore();
    await(restore(), restorePhase("InProgress"));
    Map<String, Object> end = status("PartiallyFailed");
    end.put("errors", 2);
    velero.update("Restore", RESTORE_NAME, end);
    VeleroRestore done =
        await(
            restore(),
            it -> restorePhase("PartiallyFailed").test(it) && !seen(it).reasons().isEmpty());
    assertThat(seen(done).reasons())
        .singleElement()
        .asString()
        .contains("`velero restore describe " + RESTORE_NAME + " --details` on paris");
    assertThat(says(done.getStatus().conditions(), Condition.READY, "velero restore logs"))
        .isTrue();
  }

  @Test
  void aRegistrationCountsItAmongItsUsers() {
    hub.resource(restore(null, "hash", "1h")).create();
    await(
        hub.resources(ClusterProviderConfig.class).withName(Samples.MEMBER),
        config ->
            config != null
                && config.getStatus() != null
                && Objects.equals(config.getStatus().users(), 1L));
  }

  @Test
  void observingShowsWhatIsThereAndMakesNothing() {
    GenericKubernetesResource theirs =
        Restores.restore(
            "by-hand",
            FakeVelero.namespace(),
            restore(null, "hash", "1h").getSpec().forProvider(),
            "nightly-1",
            Samples.origin("hub", FakeMember.IDENTITY));
    theirs.getMetadata().setLabels(Map.of());
    theirs.setAdditionalProperty("status", status("Completed"));
    velero.cluster.put(theirs);
    VeleroRestore observing = restore(null, "hash", "1h");
    observing.getMetadata().setAnnotations(Map.of(Names.EXTERNAL_NAME, "by-hand"));
    observing.setSpec(
        new VeleroRestoreSpec(
            observing.getSpec().forProvider(),
            List.of(ManagementPolicy.Observe),
            observing.getSpec().providerConfigRef()));
    hub.resource(observing).create();
    VeleroRestore done = await(restore(), restorePhase("Completed"));
    assertThat(seen(done).backupName()).isEqualTo("nightly-1");
    assertThat(seen(done).backupTimestamp()).isEqualTo("2026-11-20T00:00:00Z");
    restore().delete();
    await(restore(), ProviderLife::gone);
    assertThat(velero.cluster.calls()).isEmpty();
  }
}
