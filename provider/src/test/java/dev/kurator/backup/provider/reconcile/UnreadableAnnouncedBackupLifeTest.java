package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.Names;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A backup that was announced and never seen, while its VeleroInstall cannot be read. */
@Execution(ExecutionMode.CONCURRENT)
class UnreadableAnnouncedBackupLifeTest extends UnreadableLife {

  /** Its Backup is on the member, but no status says so, and its VeleroInstall is unreadable. */
  private void announced(DeletionPolicy policy) {
    api.refuseStatus("velerobackups/backup");
    register();
    applyAll(policy);
    velero.cluster.await(cluster -> cluster.count("Backup") == 1);
    damage(INSTALL, "/spec/forProvider/accessMode", "WriteOnly");
    until(() -> says(INSTALL, "Synced", "spec.forProvider.accessMode"));
  }

  private boolean released() {
    return velero
        .cluster
        .find("Backup", Samples.BACKUP_NAME)
        .filter(backup -> backup.getMetadata().getLabels().containsKey(Names.RELEASED_LABEL))
        .isPresent();
  }

  @Test
  void anAnnouncedBackupIsReleasedThoughItsInstallCannotBeRead() {
    announced(DeletionPolicy.Retain);

    backup().delete();
    until(() -> get(BACKUP).isMissingNode());
    assertThat(released()).isTrue();
  }

  @Test
  void anAnnouncedBackupIsDeletedThoughItsInstallCannotBeRead() {
    announced(DeletionPolicy.Delete);

    backup().delete();
    velero.cluster.await(cluster -> cluster.count("Backup") == 0);
    until(() -> get(BACKUP).isMissingNode());
    assertThat(velero.cluster.calls())
        .anyMatch(call -> call.startsWith("create DeleteBackupRequest/"));
  }

  @Test
  void anAnnouncedBackupKeepsItsDataWhereNothingSaysWhichBucketItIsIn() {
    announced(DeletionPolicy.Delete);
    damage(INSTALL, "/metadata/annotations", Map.of(Names.EXTERNAL_NAME, "edited"));
    damage(INSTALL, "/status/atProvider/storageLocation", "edited");

    backup().delete();
    until(() -> get(BACKUP).isMissingNode());
    assertThat(released()).isTrue();
    assertThat(velero.cluster.count("DeleteBackupRequest")).isZero();
    until(() -> events().anyMatch(it -> it.contains("keeps its data")));
  }
}
