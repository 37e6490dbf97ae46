package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.ManagementPolicy;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.provider.velero.Location;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

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
    register();
    applyAll(DeletionPolicy.Delete);
    await(backup(), phase("Completed"));
    velero.cut("no route");
    backup().delete();
    await(backup(), backupSays(Condition.READY, "managementPolicies"));

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
  void aDeletedInstallWaitsForAMemberThatCannotBeReachedUntilItsPoliciesLetGo() {
    register();
    applyAll(null);
    await(install(), installSays(Condition.READY, "Available"));
    backup().delete();
    await(backup(), ProviderLife::gone);
    hub.resource(Samples.kubeconfig()).delete();
    install().delete();
    await(install(), installSays(Condition.READY, "paris-kubeconfig does not exist"));
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
}
