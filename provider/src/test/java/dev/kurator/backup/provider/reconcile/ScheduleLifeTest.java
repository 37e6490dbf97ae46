package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.BackupMoment;
import dev.kurator.backup.apis.claim.BackupRun;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Schedules from their first look on: what becomes of them, and what is told of it. */
@Execution(ExecutionMode.CONCURRENT)
class ScheduleLifeTest extends ScheduleLife {

  @Test
  void aScheduleIsMadeOnceItsInstallIsReady() {
    velero.says("BackupStorageLocation", Map.of("phase", "Unavailable", "message", "no bucket"));
    apply(YEARLY, false, null);
    await(schedule(), scheduleSays(Condition.READY, "waiting for VeleroInstall install"));
    assertThat(velero.cluster.count("Schedule")).isZero();
    velero.cluster.await(cluster -> cluster.count("BackupStorageLocation") > 0);

    HasMetadata location = velero.cluster.all(VeleroKind.BackupStorageLocation).getFirst();
    velero.update(
        "BackupStorageLocation", location.getMetadata().getName(), FakeVelero.available());
    VeleroSchedule ready = await(schedule(), scheduleSays(Condition.READY, "Available"));
    assertThat(seen(ready).phase()).isEqualTo("Enabled");
    assertThat(seen(ready).nextBackup()).endsWith("-01-01T00:00:00Z");
    assertThat(ready.getMetadata().getAnnotations()).containsEntry(Names.EXTERNAL_NAME, NAME);
    GenericKubernetesResource made = onMember(NAME);
    assertThat(made.<Object>get("spec", "useOwnerReferencesInBackup")).isEqualTo(false);
    assertThat(made.<Object>get("spec", "skipImmediately")).isEqualTo(false);
    assertThat(made.<Map<String, String>>get("spec", "template", "metadata", "labels"))
        .containsEntry(Names.CLAIM_NAME_LABEL, "daily")
        .containsEntry(Names.MEMBER_LABEL, FakeMember.IDENTITY)
        .containsEntry(Names.HUB_LABEL, "hub");
  }

  @Test
  void theYoungerOfTwoForOneScheduleWaitsAndChangesNothing() {
    applied(null);
    VeleroSchedule younger = Samples.schedule(MONTHLY, false, null);
    younger.getMetadata().setName("younger");
    hub.resource(younger).create();

    await(
        hub.resources(VeleroSchedule.class).inNamespace(Samples.NAMESPACE).withName("younger"),
        scheduleSays(Condition.READY, "waiting for VeleroSchedule schedule to go"));
    assertThat(onMember(NAME).<Object>get("spec", "schedule")).isEqualTo(YEARLY);
    assertThat(velero.cluster.calls()).doesNotContain("patch Schedule/" + NAME);
  }

  @Test
  void runsAreToldAndTheStatusDoesNotGrow() {
    applied(null);
    for (int hours = 9; hours > 4; hours--) {
      velero.run(NAME, ago(Duration.ofHours(hours)), DONE);
    }
    String good = velero.run(NAME, ago(Duration.ofHours(3)), DONE);
    String bad =
        velero.run(
            NAME, ago(Duration.ofHours(2)), Map.of("phase", "Failed", "failureReason", "broken"));
    VeleroSchedule told =
        await(
            schedule(),
            sees(seen -> seen.runs().size() == 3 && seen.runs().getFirst().name().equals(bad)));
    assertThat(seen(told).runs().getFirst().failureReason()).isEqualTo("broken");
    assertThat(seen(told).lastBackup()).extracting(BackupMoment::name).isEqualTo(bad);
    assertThat(seen(told).lastSuccessfulBackup()).extracting(BackupMoment::name).isEqualTo(good);
    // how a run ends is not the schedule's own fault
    assertThat(Mark.isTrue(told.getStatus().conditions(), Condition.READY)).isTrue();
    assertThat(Mark.isTrue(told.getStatus().conditions(), Condition.SYNCED)).isTrue();
  }

  @Test
  void aRunCostsOneWriteWhenItBeginsAndOneWhenItEnds() {
    applied(null);
    String run = velero.run(NAME, ago(Duration.ofMinutes(1)), Map.of("phase", "InProgress"));
    VeleroSchedule begun = await(schedule(), sees(seen -> seen.runs().size() == 1));
    for (String phase : List.of("WaitingForPluginOperations", "Finalizing")) {
      velero.update(
          "Backup", run, Map.of("phase", phase, "startTimestamp", "2026-11-22T12:00:00Z"));
    }
    velero.update(
        "Backup", run, Map.of("phase", "Completed", "startTimestamp", "2026-11-22T12:00:00Z"));
    VeleroSchedule ended = await(schedule(), sees(seen -> seen.lastSuccessfulBackup() != null));
    assertThat(version(ended)).isEqualTo(version(begun) + 1);
  }

  private static long version(HasMetadata resource) {
    return Long.parseLong(resource.getMetadata().getResourceVersion());
  }

  @Test
  void aRebuiltHubFindsItsScheduleAndItsRuns() {
    applied(null);
    String run = velero.run(NAME, ago(Duration.ofHours(3)), DONE);
    await(schedule(), sees(seen -> seen.lastBackup() != null));
    provider.close();
    edit(
        schedule(),
        resource -> {
          resource.getMetadata().setFinalizers(List.of());
          return resource;
        });
    schedule().delete();
    hub.resource(Samples.schedule(YEARLY, false, null)).create();
    velero.cluster.forgetCalls();
    provider = begin();

    VeleroSchedule adopted = await(schedule(), scheduleSays(Condition.SYNCED, "Adopted"));
    assertThat(seen(adopted).runs()).extracting(BackupRun::name).containsExactly(run);
    assertThat(velero.cluster.calls()).noneMatch(call -> call.contains("Schedule/"));
  }

  @Test
  void whatVeleroRefusesIsSaid() {
    velero.says(
        "Schedule",
        Map.of(
            "phase",
            "FailedValidation",
            "validationErrors",
            List.of("invalid schedule: nonsense")));
    apply("61 * * * *", false, null);
    VeleroSchedule refused =
        await(schedule(), scheduleSays(Condition.READY, "invalid schedule: nonsense"));
    assertThat(Mark.isTrue(refused.getStatus().conditions(), Condition.READY)).isFalse();
    assertThat(seen(refused).validationErrors()).containsExactly("invalid schedule: nonsense");
    assertThat(seen(refused).nextBackup()).isNull();
  }

  @Test
  void aPausedResourceIsLeftAlone() {
    applied(null);
    edit(
        schedule(),
        resource -> {
          resource.getMetadata().getAnnotations().put(Names.PAUSED, "true");
          return resource;
        });
    await(schedule(), scheduleSays(Condition.SYNCED, "ReconcilePaused"));
    velero.cluster.forgetCalls();
    velero.cluster.remove(onMember(NAME));
    hub.resource(Samples.backup("other", null, "1h")).create();
    await(
        hub.resources(VeleroBackup.class).inNamespace(Samples.NAMESPACE).withName("other"),
        phase("Completed"));
    assertThat(velero.cluster.find("Schedule", NAME)).isEmpty();
  }

  @Test
  void noThreadOfAWatchEverAsksTheMember() {
    applied(null);
    velero.member.silence(VeleroKind.Backup);
    // again and again, since the resource is not at rest at each of them
    for (int event = 0; event < 30; event++) {
      int before = velero.cluster.listings("Backup");
      velero.update("Schedule", NAME, Map.of("phase", "Enabled"));
      velero.cluster.await(cluster -> cluster.listings("Backup") > before);
      assertThat(schedule().get()).isNotNull();
      assertThat(schedule().get()).isNotNull();
    }
    assertThat(velero.cluster.listers()).isNotEmpty();
    assertThat(velero.cluster.listers()).allMatch(name -> name.startsWith("ReconcilerExecutor"));
  }
}
