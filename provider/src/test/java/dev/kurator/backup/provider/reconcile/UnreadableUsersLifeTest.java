package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.ClusterProviderConfig;
import dev.kurator.backup.apis.managed.Names;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody uses stays, though it cannot be read who uses it or what. */
@Execution(ExecutionMode.CONCURRENT)
class UnreadableUsersLifeTest extends UnreadableLife {

  @Test
  void aLocationStaysWhileSomebodyUnreadableMayNeedIt() {
    done(DeletionPolicy.Retain);
    hub.resource(Samples.install("second")).create();
    String second = API + "namespaces/team-a/veleroinstalls/second";
    until(() -> get(second).at("/status/atProvider/memberIdentity").isTextual());
    damage(second, "/spec/forProvider/accessMode", "WriteOnly");
    until(() -> says(second, "Synced", "spec.forProvider.accessMode"));

    backup().delete();
    install().delete();
    until(() -> get(INSTALL).isMissingNode());
    assertThat(velero.cluster.count("BackupStorageLocation")).isOne();

    hub.raw(second, "DELETE", null);
    until(() -> get(second).isMissingNode());
    assertThat(velero.cluster.count("BackupStorageLocation")).isZero();
  }

  @Test
  void aLocationStaysWhileNothingSaysWhetherSomebodyUnreadableUsesIt() {
    done(DeletionPolicy.Retain);
    hub.resource(Samples.install("second")).create();
    String second = API + "namespaces/team-a/veleroinstalls/second";
    until(() -> get(second).at("/status/atProvider/memberIdentity").isTextual());
    damage(second, "/spec/forProvider/accessMode", "WriteOnly");
    until(() -> says(second, "Synced", "spec.forProvider.accessMode"));
    damage(second, "/metadata/annotations", Map.of(Names.EXTERNAL_NAME, "edited"));
    damage(second, "/status/atProvider/storageLocation", "edited");

    backup().delete();
    install().delete();
    until(() -> get(INSTALL).isMissingNode());
    assertThat(velero.cluster.count("BackupStorageLocation")).isOne();

    hub.raw(second, "DELETE", null);
    until(() -> get(second).isMissingNode());
    assertThat(velero.cluster.count("BackupStorageLocation")).isOne();
    until(() -> events().anyMatch(it -> it.contains("its member was not called")));
  }

  @ParameterizedTest
  @CsvSource({
    "/spec/forProvider/location/bucket, bucket cannot be read",
    "/spec/providerConfigRef/kind, providerConfigRef.kind cannot be read"
  })
  void aLocationStaysForOneOfWhichItCannotBeReadWhatItUses(String pointer, String told) {
    done(DeletionPolicy.Retain);
    hub.resource(Samples.install("second")).create();
    String second = API + "namespaces/team-a/veleroinstalls/second";
    until(() -> get(second).at("/status/atProvider/memberIdentity").isTextual());
    damage(second, pointer, Map.of());
    until(() -> says(second, "Synced", told));

    backup().delete();
    install().delete();
    until(() -> get(INSTALL).isMissingNode());
    assertThat(velero.cluster.count("BackupStorageLocation")).isOne();
  }

  @Test
  void aBackupIsKeptWhileARestoreBesideItThatCannotBeReadMayReadIt() {
    done(DeletionPolicy.Delete);
    String reader =
        "{'forProvider':{'name':'r','installName':'install','backupName':{}},"
            + "'managementPolicies':['*'],"
            + REFERENCE
            + "}";
    String beside = API + "namespaces/team-a/velerorestores";
    String elsewhere = API + "namespaces/team-b/velerorestores";
    for (String collection : List.of(beside, elsewhere)) {
      ObjectNode restore = JSON.createObjectNode();
      restore.put("apiVersion", "velero.m.kurator.dev/v1alpha1").put("kind", "VeleroRestore");
      restore.putObject("metadata").put("name", "reader");
      restore.set("spec", tree(reader.replace('\'', '"')));
      hub.raw(collection, "POST", restore);
      until(() -> says(collection + "/reader", "Synced", "spec.forProvider.backupName"));
    }

    backup().delete();
    await(
        backup(),
        backupSays(
            "Ready", "VeleroRestore team-a/reader, of which something cannot be read, restores"));
    assertThat(velero.cluster.count("Backup")).isOne();
    assertThat(velero.cluster.calls()).noneMatch(call -> call.contains("DeleteBackupRequest"));

    hub.raw(beside + "/reader", "DELETE", null);
    until(() -> get(beside + "/reader").isMissingNode());
    // it would look again in 30 s
    damage(BACKUP, "/metadata/labels", Map.of("looked", "at"));
    until(() -> get(BACKUP).isMissingNode());
    assertThat(velero.cluster.count("Backup")).isZero();
  }

  @Test
  void aRegistrationGoesOnceAUserWhoseReferenceBecameUnreadableIsGone() {
    register();
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    until(() -> get(CONFIG).at("/status/users").asInt() == 1);
    damage(INSTALL, "/spec/providerConfigRef/kind", "GlobalProviderConfig");
    until(() -> says(INSTALL, "Synced", "spec.providerConfigRef.kind"));

    Resource<ClusterProviderConfig> paris =
        hub.resources(ClusterProviderConfig.class).withName(Samples.MEMBER);
    paris.delete();
    until(() -> get(CONFIG).toString().contains("in use by VeleroInstall team-a/install"));
    install().delete();
    until(() -> get(INSTALL).isMissingNode() && get(CONFIG).isMissingNode());
  }

  @Test
  void anInstallStaysWhileAnUnreadableOperationMayNameIt() {
    register();
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    await(install(), installSays("Ready", "True"));
    String backups = API + "namespaces/team-a/velerobackups";
    String spec =
        "{'apiVersion':'velero.m.kurator.dev/v1alpha1','kind':'VeleroBackup',"
            + "'metadata':{'namespace':'team-a','name':'bad'},"
            + "'spec':{'forProvider':{'name':'bad','installName':{}},'managementPolicies':['*'],"
            + REFERENCE
            + "}}";
    hub.raw(backups, "POST", tree(spec.replace('\'', '"')));
    until(() -> says(backups + "/bad", "Synced", "spec.forProvider.installName"));

    install().delete();
    await(install(), installSays("Ready", "waiting for VeleroBackup bad"));

    hub.raw(backups + "/bad", "DELETE", null);
    until(() -> get(backups + "/bad").isMissingNode());
  }

  @Test
  void aRegistrationStaysWhileSomebodyUnreadableMayNameIt() {
    register();
    create(Bad.noReference);
    until(() -> says(Bad.noReference.path(), "Synced", "spec.providerConfigRef is missing"));
    Resource<ClusterProviderConfig> paris =
        hub.resources(ClusterProviderConfig.class).withName(Samples.MEMBER);
    await(paris, config -> config != null && config.hasFinalizer(ConfigCare.FINALIZER));

    paris.delete();
    until(() -> get(CONFIG).toString().contains("in use by VeleroInstall team-b/bad"));
    hub.raw(Bad.noReference.path(), "DELETE", null);
    until(() -> get(CONFIG).isMissingNode());
  }
}
