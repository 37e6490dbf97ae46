package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The deletion of what cannot be read: it ends, and takes nothing that must stay. */
@Execution(ExecutionMode.CONCURRENT)
class UnreadableDeletionLifeTest extends UnreadableLife {

  @Test
  void settingsThatCannotBeReadKeepNobodyFromLeaving() {
    done(DeletionPolicy.Retain);
    damage(CONFIG, "/spec/velero", Map.of("concurrentBackups", "many", "removal", "Never"));
    until(() -> says(INSTALL, "Synced", "concurrentBackups"));

    backup().delete();
    install().delete();
    until(() -> get(INSTALL).isMissingNode() && get(BACKUP).isMissingNode());

    assertThat(velero.cluster.count("BackupStorageLocation")).isZero();
    assertThat(velero.cluster.count("Deployment")).isOne();
  }

  @Test
  void aBackupWhoseDeletionPolicyCannotBeReadIsRetained() {
    done(DeletionPolicy.Delete);
    damage(BACKUP, "/spec/forProvider/deletionPolicy", "delete");
    until(() -> says(BACKUP, "Synced", "spec.forProvider.deletionPolicy"));

    backup().delete();
    until(() -> get(BACKUP).isMissingNode());

    assertThat(velero.cluster.count("DeleteBackupRequest")).isZero();
    assertThat(velero.cluster.count("Backup")).isOne();
  }

  @Test
  void aScheduleWhosePoliciesCannotBeReadIsTakenOffTheMember() {
    register();
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    hub.resource(Samples.schedule("@daily", false, null)).create();
    velero.cluster.await(cluster -> cluster.count("Schedule") == 1);
    Resource<VeleroSchedule> schedule =
        hub.resources(VeleroSchedule.class).inNamespace(Samples.NAMESPACE).withName("schedule");
    await(schedule, now -> now != null && now.getStatus() != null);
    String path = API + "namespaces/team-a/veleroschedules/schedule";

    damage(path, "/spec/managementPolicies", List.of("Everything"));
    until(() -> says(path, "Synced", "spec.managementPolicies[0]"));
    schedule.delete();
    until(() -> get(path).isMissingNode());

    assertThat(velero.cluster.count("Schedule")).isZero();
  }

  @Test
  void anEditedNameOfALocationTakesNothingElseOffTheMember() {
    done(DeletionPolicy.Retain);
    Secret other = Samples.secret(FakeVelero.namespace(), "of-another", "cloud", "x");
    other.getMetadata().setLabels(Map.of(Names.HUB_LABEL, "hub"));
    velero.cluster.put(other);
    damage(INSTALL, "/spec/forProvider/accessMode", "WriteOnly");
    until(() -> says(INSTALL, "Synced", "spec.forProvider.accessMode"));
    damage(INSTALL, "/metadata/annotations", Map.of(Names.EXTERNAL_NAME, "of-another"));

    backup().delete();
    install().delete();
    until(() -> get(INSTALL).isMissingNode());

    assertThat(velero.cluster.find("Secret", "of-another")).isPresent();
    assertThat(velero.cluster.count("BackupStorageLocation")).isZero();
    assertThat(velero.cluster.find("Secret", LOCATION_NAME)).isEmpty();
  }

  @Test
  void whereCredentialsCannotBeReadADeletionWaitsForThem() {
    register();
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    await(install(), installSays("Ready", "Available"));
    JsonNode name = get(CONFIG).at("/spec/credentials/secretRef/name");
    damage(CONFIG, "/spec/credentials/secretRef/name", List.of());
    until(() -> says(INSTALL, "Synced", "spec.credentials.secretRef.name"));

    install().delete();
    until(() -> says(INSTALL, "Ready", "lets go"));
    assertThat(says(INSTALL, "Ready", "spec.credentials.secretRef.name")).isTrue();

    damage(CONFIG, "/spec/credentials/secretRef/name", name);
    until(() -> get(INSTALL).isMissingNode());
    assertThat(velero.cluster.count("BackupStorageLocation")).isZero();
  }
}
