package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.BackupPolicy;
import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.ContainerResources;
import dev.kurator.backup.apis.managed.EngineSettings;
import dev.kurator.backup.apis.managed.ManagementPolicy;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupParameters;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.apis.managed.VeleroScheduleParameters;
import dev.kurator.backup.apis.managed.VeleroScheduleSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Objects that are older than the schema which would refuse their values today. */
@Execution(ExecutionMode.CONCURRENT)
class UnreadableValuesLifeTest extends ScheduleLife {

  private static final String TOO_LONG = "99999999h";

  private static BackupPolicy kept(String ttl) {
    return new BackupPolicy(null, ttl, Map.of(), null, null);
  }

  private static VeleroBackup with(
      VeleroBackup backup, @Nullable BackupPolicy policy, String deadline, String interval) {
    VeleroBackupParameters is = backup.getSpec().forProvider();
    backup.setSpec(
        new VeleroBackupSpec(
            new VeleroBackupParameters(
                is.name(),
                is.installName(),
                policy,
                is.labels(),
                is.policyHash(),
                deadline,
                interval,
                is.deletionPolicy()),
            List.of(ManagementPolicy.All),
            backup.getSpec().providerConfigRef()));
    return backup;
  }

  private void apply(VeleroBackup backup) {
    register();
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    hub.resource(backup).create();
  }

  @Test
  void aBackupThatVeleroCouldNotReadIsNotWrittenAndCanBeDeleted() {
    apply(with(Samples.backup("backup", DeletionPolicy.Delete, "1h"), kept(TOO_LONG), "1h", "15s"));

    await(backup(), backupSays(Condition.READY, "policy.ttl is \"99999999h\""));
    assertThat(velero.cluster.count("Backup")).isZero();
    backup().delete();
    await(backup(), ProviderLife::gone);
  }

  @Test
  void anUnreadableDeadlineIsNamedAndCountsAsTheUsualOne() {
    apply(with(Samples.backup("backup", null, "1h"), null, TOO_LONG, "15s"));

    await(backup(), backupSays(Condition.READY, "startDeadline is \"99999999h\""));
    assertThat(velero.cluster.count("Backup")).isZero();
    edit(backup(), backup -> with(backup, null, "1h", "15s"));
    await(backup(), phase("Completed"));
  }

  @Test
  void whatBecameUnreadableAfterItsBackupIsDeletedWithItsData() {
    apply(Samples.backup("backup", DeletionPolicy.Delete, "1h"));
    await(backup(), phase("Completed"));
    edit(backup(), backup -> with(backup, kept(TOO_LONG), TOO_LONG, TOO_LONG));
    edit(
        backup(),
        backup -> {
          backup.getMetadata().getAnnotations().put(Names.EXTERNAL_CREATE_PENDING, "yesterday");
          return backup;
        });
    backup().delete();

    await(backup(), ProviderLife::gone);
    assertThat(velero.cluster.calls())
        .anyMatch(call -> call.startsWith("create DeleteBackupRequest/"));
    assertThat(velero.cluster.count("Backup")).isZero();
  }

  @Test
  void anUnreadableAnnotationIsNamedAndNothingRunsTwice() {
    VeleroBackup backup = Samples.backup("backup", null, "1h");
    backup.getMetadata().setAnnotations(Map.of(Names.EXTERNAL_CREATE_PENDING, "yesterday"));
    apply(backup);

    await(backup(), backupSays(Condition.READY, "annotation " + Names.EXTERNAL_CREATE_PENDING));
    assertThat(velero.cluster.count("Backup")).isZero();
    backup().delete();
    await(backup(), ProviderLife::gone);
  }

  @Test
  void anEditThatVeleroCouldNotReadLeavesItsScheduleAsItWas() {
    applied(null);
    edit(
        schedule(),
        schedule -> {
          VeleroScheduleParameters is = schedule.getSpec().forProvider();
          schedule.setSpec(
              new VeleroScheduleSpec(
                  new VeleroScheduleParameters(
                      is.name(),
                      is.installName(),
                      is.schedule(),
                      is.paused(),
                      kept(TOO_LONG),
                      is.labels(),
                      is.policyHash(),
                      null),
                  List.of(ManagementPolicy.All),
                  schedule.getSpec().providerConfigRef()));
          return schedule;
        });

    VeleroSchedule refused =
        await(schedule(), scheduleSays(Condition.SYNCED, "policy.ttl is \"99999999h\""));
    assertThat(seen(refused).phase()).isEqualTo("Enabled");
    assertThat(onMember(Samples.SCHEDULE_NAME).<String>get("spec", "template", "ttl"))
        .isEqualTo("720h");
    schedule().delete();
    await(schedule(), ProviderLife::gone);
    assertThat(velero.cluster.count("Schedule")).isZero();
  }

  @Test
  void anEngineWithAnUnreadableQuantityIsNamedAndItsInstallCanBeDeleted() {
    EngineSettings broken =
        new EngineSettings(
            null,
            null,
            null,
            Map.of(),
            List.of(),
            new ContainerResources(Map.of("memory", ""), Map.of()),
            Map.of(),
            List.of(),
            null,
            null,
            null,
            null,
            EngineSettings.Removal.Uninstall);
    hub.resource(Samples.kubeconfig()).create();
    hub.resource(Samples.config(List.of("*"), broken)).create();
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();

    await(
        install(),
        installSays(Condition.SYNCED, "velero.resources.limits.memory is \"\" and must"));
    assertThat(velero.cluster.find("Deployment", "velero")).isEmpty();
    install().delete();
    await(install(), ProviderLife::gone);
  }

  @Test
  void aLocationOutsideItsFolderIsNamedAndNotMade() {
    register();
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install", "store", Map.of("credentialsFile", "/etc/passwd")))
        .create();

    await(install(), installSays(Condition.SYNCED, "location.config has the key"));
    assertThat(velero.cluster.count("BackupStorageLocation")).isZero();
    install().delete();
    await(install(), ProviderLife::gone);
  }
}
