package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.ManagementPolicy;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.apis.managed.VeleroScheduleSpec;
import dev.kurator.backup.provider.velero.Backups;
import dev.kurator.backup.provider.velero.Location;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deleted and released is only what a resource made or adopted. */
@Execution(ExecutionMode.CONCURRENT)
class OwnObjectsLifeTest extends ProviderLife {

  private static final String OTHER = "somebody-elses";

  /** One that is like what the sample makes in everything but its name. */
  private GenericKubernetesResource put(String name, Map<String, Object> status) {
    GenericKubernetesResource backup =
        Backups.backup(
            name,
            FakeVelero.namespace(),
            Samples.backup("x", null, "1h").getSpec().forProvider(),
            Location.name(Samples.install("x").getSpec().forProvider()),
            Samples.origin("hub", FakeMember.IDENTITY));
    backup.setAdditionalProperty("status", status);
    velero.cluster.put(backup);
    return backup;
  }

  private void install(Map<String, Object> backups) {
    velero.says("Backup", backups);
    register();
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    await(install(), installSays("Ready", "True"));
  }

  private void deleted() {
    velero.cluster.forgetCalls();
    backup().delete();
    await(backup(), ProviderLife::gone);
    assertThat(velero.cluster.calls()).isEmpty();
  }

  private List<String> warnings() {
    until(() -> events().stream().anyMatch(it -> it.contains("keeps its data")));
    return events();
  }

  private List<String> events() {
    return hub.v1().events().inNamespace(Samples.NAMESPACE).list().getItems().stream()
        .map(Event::getMessage)
        .toList();
  }

  @Test
  void anImportedBackupIsNeverDeletedNorReleased() {
    put(OTHER, Map.of("phase", "Completed"));
    install(Map.of("phase", "Completed"));
    VeleroBackup imported = Samples.backup("backup", DeletionPolicy.Delete, "1h");
    VeleroBackupSpec spec = imported.getSpec();
    imported.getMetadata().setAnnotations(Map.of(Names.EXTERNAL_NAME, OTHER));
    imported.setSpec(
        new VeleroBackupSpec(
            spec.forProvider(),
            List.of(ManagementPolicy.Observe, ManagementPolicy.Delete),
            spec.providerConfigRef()));
    hub.resource(imported).create();
    await(backup(), phase("Completed"));

    deleted();
    assertThat(velero.cluster.find("Backup", OTHER)).isPresent();
    assertThat(warnings()).anyMatch(it -> it.contains(OTHER) && it.contains(Names.OWNED));
  }

  @ParameterizedTest
  @EnumSource(DeletionPolicy.class)
  void anEditedExternalNameDeletesAndReleasesNothing(DeletionPolicy policy) {
    put(OTHER, Map.of("phase", "Completed"));
    install(Map.of("phase", "Completed"));
    hub.resource(Samples.backup("backup", policy, "1h")).create();
    await(backup(), phase("Completed"));
    edit(backup(), OwnObjectsLifeTest::renamed);

    deleted();
    assertThat(velero.cluster.find("Backup", OTHER)).isPresent();
    assertThat(velero.cluster.find("Backup", Samples.BACKUP_NAME)).isPresent();
  }

  private static VeleroBackup renamed(VeleroBackup backup) {
    backup.getMetadata().getAnnotations().put(Names.EXTERNAL_NAME, OTHER);
    return backup;
  }

  @ParameterizedTest
  @EnumSource(DeletionPolicy.class)
  void whatFailedBecauseOfItsNameNeverTouchesThatNameAgain(DeletionPolicy policy) {
    install(
        Map.of(
            "phase", "Failed",
            "failureReason", "backup already exists in object storage",
            "expiration", "2026-12-29T00:00:00Z"));
    hub.resource(Samples.backup("backup", policy, "1h")).create();
    await(backup(), phase("Failed"));
    // or Velero would delete the other's data then
    velero.cluster.await(
        cluster ->
            cluster
                .find("Backup", Samples.BACKUP_NAME)
                .map(it -> ((GenericKubernetesResource) it).<Object>get("status", "expiration"))
                .isEmpty());
    // somebody deletes the object, and the location's sync brings the other
    velero.cluster.remove(velero.cluster.find("Backup", Samples.BACKUP_NAME).orElseThrow());
    put(Samples.BACKUP_NAME, Map.of("phase", "Completed"));

    deleted();
    assertThat(velero.cluster.find("Backup", Samples.BACKUP_NAME)).isPresent();
  }

  @Test
  void whatHasItsNameByNowAndIsAnotherHubsIsLeftAsItIs() {
    install(Map.of("phase", "Completed"));
    hub.resource(Samples.backup("backup", DeletionPolicy.Delete, "1h")).create();
    await(backup(), phase("Completed"));
    GenericKubernetesResource others = put(Samples.BACKUP_NAME, Map.of("phase", "Completed"));
    others.getMetadata().getLabels().put(Names.HUB_LABEL, "another");
    velero.cluster.put(others);

    deleted();
    assertThat(warnings()).anyMatch(it -> it.contains("hub another made it"));
  }

  @Test
  void runsOfAnotherHubClaimOrLocationAreNotDeletedWithASchedule() {
    install(Map.of());
    velero.says("Schedule", Map.of("phase", "Enabled"));
    hub.resource(Samples.schedule("0 0 1 1 *", false, DeletionPolicy.Delete)).create();
    await(schedule(), there -> there != null && there.getStatus() != null);
    velero.cluster.await(it -> it.find("Schedule", Samples.SCHEDULE_NAME).isPresent());
    Map<String, Object> done = Map.of("phase", "Completed");
    Instant first = Instant.parse("2026-11-20T00:00:00Z");
    String own = velero.run(Samples.SCHEDULE_NAME, first, done);
    String anotherHubs = run(first.plusSeconds(1), Map.of(Names.HUB_LABEL, "another"));
    String anotherClaims = run(first.plusSeconds(2), Map.of(Names.CLAIM_NAME_LABEL, "weekly"));
    String anotherNamespaces =
        run(first.plusSeconds(3), Map.of(Names.CLAIM_NAMESPACE_LABEL, "team-b"));
    String elsewhere = velero.run(Samples.SCHEDULE_NAME, first.plusSeconds(4), done);
    velero.cluster.edit(
        "Backup",
        elsewhere,
        it -> {
          ((GenericKubernetesResource) it)
              .setAdditionalProperty("spec", Map.of("storageLocation", "default"));
          return true;
        });

    schedule().delete();
    await(schedule(), ProviderLife::gone);
    assertThat(velero.cluster.find("Backup", own)).isEmpty();
    assertThat(List.of(anotherHubs, anotherClaims, anotherNamespaces, elsewhere))
        .allSatisfy(name -> assertThat(velero.cluster.find("Backup", name)).isPresent());
  }

  private String run(Instant time, Map<String, String> labels) {
    String name = velero.run(Samples.SCHEDULE_NAME, time, Map.of("phase", "Completed"));
    velero.cluster.edit(
        "Backup",
        name,
        it -> {
          it.getMetadata().getLabels().putAll(labels);
          return true;
        });
    return name;
  }

  @Test
  void anImportedScheduleStaysWithItsRuns() {
    install(Map.of());
    velero.says("Schedule", Map.of("phase", "Enabled"));
    hub.resource(Samples.schedule("0 0 1 1 *", false, null)).create();
    await(schedule(), there -> there != null && there.getStatus() != null);
    String run = velero.run(Samples.SCHEDULE_NAME, Instant.parse("2026-11-20T00:00:00Z"), Map.of());
    VeleroSchedule imported = Samples.schedule("0 0 1 1 *", false, DeletionPolicy.Delete);
    VeleroScheduleSpec spec = imported.getSpec();
    imported.getMetadata().setName("imported");
    imported.getMetadata().setAnnotations(Map.of(Names.EXTERNAL_NAME, Samples.SCHEDULE_NAME));
    imported.setSpec(
        new VeleroScheduleSpec(
            spec.forProvider(),
            List.of(ManagementPolicy.Observe, ManagementPolicy.Delete),
            spec.providerConfigRef()));
    hub.resource(imported).create();
    Resource<VeleroSchedule> there =
        hub.resources(VeleroSchedule.class).inNamespace(Samples.NAMESPACE).withName("imported");
    await(there, it -> it != null && it.getStatus() != null);
    velero.cluster.forgetCalls();
    there.delete();
    await(there, ProviderLife::gone);

    assertThat(velero.cluster.calls()).isEmpty();
    assertThat(velero.cluster.find("Schedule", Samples.SCHEDULE_NAME)).isPresent();
    assertThat(velero.cluster.find("Backup", run)).isPresent();
  }

  @Test
  void anInstallThatOnlyObservesOpensNoLocationOfAnotherNamespace() {
    install(Map.of());
    VeleroInstall observing = Samples.install("observing");
    observing.getMetadata().setNamespace("team-b");
    VeleroInstallSpec spec = observing.getSpec();
    observing.setSpec(
        new VeleroInstallSpec(
            spec.forProvider(), List.of(ManagementPolicy.Observe), spec.providerConfigRef()));
    hub.resource(observing).create();
    await(
        hub.resources(VeleroInstall.class).inNamespace("team-b").withName("observing"),
        installSays("Synced", "LocationConflict"));
  }

  @Test
  void underAnEditedExternalNameAnothersScheduleIsNotChanged() {
    install(Map.of());
    velero.says("Schedule", Map.of("phase", "Enabled"));
    hub.resource(Samples.schedule("0 0 1 1 *", false, null)).create();
    await(schedule(), there -> there != null && there.getStatus() != null);
    GenericKubernetesResource others =
        (GenericKubernetesResource)
            velero.cluster.find("Schedule", Samples.SCHEDULE_NAME).orElseThrow();
    others.getMetadata().setName(OTHER);
    others.getMetadata().getLabels().put(Names.CLAIM_NAME_LABEL, "weekly");
    others.setAdditionalProperty("spec", Map.of("schedule", "0 3 * * *"));
    velero.cluster.put(others);
    velero.cluster.forgetCalls();
    edit(
        schedule(),
        it -> {
          it.getMetadata().getAnnotations().put(Names.EXTERNAL_NAME, OTHER);
          return it;
        });

    await(schedule(), it -> says(it.getStatus().conditions(), "Synced", "another claim"));
    assertThat(velero.cluster.calls()).isEmpty();
  }

  private Resource<VeleroSchedule> schedule() {
    return hub.resources(VeleroSchedule.class).inNamespace(Samples.NAMESPACE).withName("schedule");
  }
}
