package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.ManagementPolicy;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.provider.velero.Location;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of installs and backups, and what stays. */
@Execution(ExecutionMode.CONCURRENT)
class DeletionLifeTest extends ProviderLife {

  @Test
  void retainedBackupsAreReleasedAndTheLastInstallTakesTheLocationWithIt() {
    register();
    applyAll(null);
    await(backup(), phase("Completed"));
    velero.cluster.forgetCalls();
    install().delete();
    backup().delete();
    await(install(), ProviderLife::gone);
    await(backup(), ProviderLife::gone);

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
    await(install(), ProviderLife::gone);
    // Velero brings it back from the bucket, without the label
    velero.cluster.put(old);
    hub.resource(Samples.install("install")).create();
    hub.resource(Samples.backup("backup", null, "1h")).create();

    VeleroBackup again = await(backup(), phase("Completed"));
    assertThat(again.getMetadata().getAnnotations())
        .containsEntry(Names.EXTERNAL_NAME, Samples.BACKUP_NAME + "-2");
  }

  /** It cannot go: its member is out of reach. */
  private void leaveABackupOnItsWayOut() {
    register();
    applyAll(DeletionPolicy.Delete);
    await(backup(), phase("Completed"));
    velero.cut("no route");
    backup().delete();
    await(backup(), backupSays(Condition.READY, "managementPolicies"));
  }

  @Test
  void aClaimAppliedAgainBeforeTheEarlierOneIsGoneWaitsForIt() {
    leaveABackupOnItsWayOut();
    Resource<VeleroBackup> again = hub.resource(Samples.backup("again", null, "1h"));
    again.create();
    await(again, backupSays(Condition.READY, "waiting for VeleroBackup backup to go"));

    velero.heal();
    await(backup(), ProviderLife::gone);
    await(again, phase("Completed"));
    assertThat(velero.cluster.calls().stream().filter(call -> call.startsWith("create Backup/")))
        .hasSize(2);
  }

  @Test
  void whatNeverBeganBehindAnotherOfItsNameEndsAtItsDeadline() {
    leaveABackupOnItsWayOut();
    Resource<VeleroBackup> again = hub.resource(Samples.backup("again", null, "0s"));
    again.create();

    VeleroBackup ended = await(again, phase(Names.NOT_STARTED));
    assertThat(ended.getStatus().toString()).contains("waiting for VeleroBackup backup to go");
    assertThat(velero.cluster.count("Backup")).isOne();
  }

  @Test
  void deletedBackupsAreDeletedByVelero() {
    register();
    applyAll(DeletionPolicy.Delete);
    await(backup(), phase("Completed"));
    backup().delete();
    await(backup(), ProviderLife::gone);
    assertThat(velero.cluster.calls())
        .anyMatch(call -> call.startsWith("create DeleteBackupRequest/"));
    assertThat(velero.cluster.count("Backup")).isZero();
  }

  @Test
  void aDeleteOnAnUnreachableMemberWaitsAndSaysSo() {
    leaveABackupOnItsWayOut();

    velero.heal();
    await(backup(), ProviderLife::gone);
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
    await(install(), ProviderLife::gone);
  }

  @Test
  void anInstallThatNeverReachedItsMemberGoesAndSaysWhatMayBeThere() {
    velero.cut("no such host");
    register();
    VeleroInstall install = Samples.install("install");
    String location = Location.name(install.getSpec().forProvider());
    install.getMetadata().setAnnotations(Map.of(Names.EXTERNAL_NAME, location));
    hub.resource(install).create();
    await(install(), installSays(Condition.SYNCED, "no such host"));
    install().delete();
    await(install(), ProviderLife::gone);

    until(
        () ->
            hub.v1().events().inNamespace(Samples.NAMESPACE).list().getItems().stream()
                .map(Event::getMessage)
                .anyMatch(it -> it.contains("no such host; let go") && it.contains(location)));
  }

  @Test
  void aDeletedInstallWaitsForAMemberThatCannotBeReachedUntilItsPoliciesLetGo() {
    register();
    applyAll(null);
    await(install(), installSays(Condition.READY, "Available"));
    backup().delete();
    await(backup(), ProviderLife::gone);
    velero.cut("no route");
    install().delete();
    await(install(), installSays(Condition.READY, "no route"));
    await(install(), installSays(Condition.READY, "managementPolicies"));

    velero.cluster.forgetCalls();
    edit(
        install(),
        resource -> {
          VeleroInstallSpec spec = resource.getSpec();
          resource.setSpec(
              new VeleroInstallSpec(
                  spec.forProvider(), List.of(ManagementPolicy.Observe), spec.providerConfigRef()));
          return resource;
        });
    await(install(), ProviderLife::gone);
    assertThat(velero.cluster.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 403})
  void noBackupIsLetGoWithoutItsMarkBecauseTheHubFails(int code) {
    register();
    applyAll(null);
    await(backup(), phase("Completed"));
    velero.connecting();
    api.refuseStatus("velerobackups/backup", code);
    backup().delete();
    until(() -> api.refused() > 0);
    velero.heal();
    api.refuseStatus(null);

    await(backup(), ProviderLife::gone);
    assertThat(velero.cluster.calls()).contains("label Backup/" + Samples.BACKUP_NAME);
  }

  @Test
  void noEventClaimsADeletionThatDidNotHappen() {
    leaveABackupOnItsWayOut();
    edit(
        backup(),
        resource -> {
          VeleroBackupSpec spec = resource.getSpec();
          resource.setSpec(
              new VeleroBackupSpec(
                  spec.forProvider(), List.of(ManagementPolicy.Observe), spec.providerConfigRef()));
          return resource;
        });
    await(backup(), ProviderLife::gone);
    velero.heal();
    hub.resource(Samples.backup("again", DeletionPolicy.Delete, "1h")).create();
    Resource<VeleroBackup> again =
        hub.resources(VeleroBackup.class).inNamespace(Samples.NAMESPACE).withName("again");
    await(again, phase("Completed"));
    again.delete();
    await(again, ProviderLife::gone);

    until(() -> deletionsOf("again") > 0);
    assertThat(deletionsOf("backup")).isZero();
  }

  @Test
  void whatIsAppliedAnewWhileAnEarlierOneGoesKeepsItsFinalizers() {
    register();
    applyAll(null);
    VeleroBackup before = await(backup(), phase("Completed"));
    List<String> finalizers = List.of(Names.FINALIZER, "example.org/keep");
    VeleroBackup anew = Samples.backup("backup", null, "1h");
    anew.getMetadata().setFinalizers(finalizers);
    api.replaceAtPatch("/metadata/finalizers", anew);
    // the provider puts its own on again, so it must be seen at once
    List<String> lost = new CopyOnWriteArrayList<>();
    api.listener(
        path -> {
          String state = String.valueOf(api.state(path));
          if (state.contains("example.org/keep") && !state.contains(Names.FINALIZER)) {
            lost.add(state);
          }
        });
    backup().delete();

    VeleroBackup after =
        await(
            backup(),
            now ->
                phase("Completed").test(now)
                    && !now.getMetadata().getUid().equals(before.getMetadata().getUid()));
    assertThat(after.getMetadata().getFinalizers()).containsExactlyInAnyOrderElementsOf(finalizers);
    assertThat(lost).isEmpty();
  }

  private long deletionsOf(String name) {
    return hub.v1().events().inNamespace(Samples.NAMESPACE).list().getItems().stream()
        .filter(event -> event.getReason().equals(EventReason.DeletedExternalResource.name()))
        .filter(event -> event.getInvolvedObject().getName().equals(name))
        .count();
  }
}
