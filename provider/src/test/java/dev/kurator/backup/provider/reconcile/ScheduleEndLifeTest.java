package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.ManagementPolicy;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.apis.managed.VeleroScheduleSpec;
import dev.kurator.backup.provider.velero.Schedules;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Schedules that are deleted, ours and others'. */
@Execution(ExecutionMode.CONCURRENT)
class ScheduleEndLifeTest extends ScheduleLife {

  @Test
  void retainTakesTheScheduleAndLeavesEveryBackup() {
    applied(null);
    String run = velero.run(NAME, ago(Duration.ofHours(3)), DONE);
    await(schedule(), sees(seen -> seen.lastBackup() != null));
    velero.cluster.forgetCalls();
    schedule().delete();
    await(schedule(), ProviderLife::gone);
    assertThat(velero.cluster.find("Schedule", NAME)).isEmpty();
    assertThat(velero.cluster.find("Backup", run)).isPresent();
    assertThat(velero.cluster.calls()).noneMatch(call -> call.contains("DeleteBackupRequest"));

    hub.resource(Samples.schedule(YEARLY, false, null)).create();
    VeleroSchedule again = await(schedule(), scheduleSays(Condition.READY, "Available"));
    assertThat(again.getMetadata().getAnnotations())
        .containsEntry(Names.EXTERNAL_NAME, NAME + "-2");
    assertThat(seen(again).runs()).isEmpty();
  }

  @Test
  void deleteStopsTheScheduleFirstAndWaitsForARunThatGoesOn() {
    applied(DeletionPolicy.Delete);
    String done = velero.run(NAME, ago(Duration.ofHours(3)), DONE);
    String running = velero.run(NAME, ago(Duration.ofMinutes(3)), Map.of("phase", "InProgress"));
    await(schedule(), sees(seen -> seen.runs().size() == 2));
    velero.cluster.put(others());
    velero.cluster.forgetCalls();
    schedule().delete();
    await(schedule(), scheduleSays(Condition.READY, "waiting for " + running + " to end"));
    velero.cluster.await(cluster -> cluster.find("Backup", done).isEmpty());
    List<String> calls = velero.cluster.calls();
    assertThat(calls.getFirst()).isEqualTo("delete Schedule/" + NAME);
    assertThat(calls).filteredOn(call -> call.startsWith("create DeleteBackup")).hasSize(1);

    velero.update("Backup", running, DONE);
    await(schedule(), ProviderLife::gone);
    assertThat(velero.cluster.find("Backup", running)).isEmpty();
    assertThat(velero.cluster.find("Backup", "others")).isPresent();
  }

  /** A run of a schedule of that name, made by another cluster. */
  private static GenericKubernetesResource others() {
    GenericKubernetesResource backup = new GenericKubernetesResource();
    backup.setApiVersion("velero.io/v1");
    backup.setKind("Backup");
    backup.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(FakeVelero.namespace())
            .withName("others")
            .addToLabels(Schedules.NAME_LABEL, NAME)
            .addToLabels(Names.MEMBER_LABEL, "lost-cluster")
            .build());
    backup.setAdditionalProperty("status", DONE);
    return backup;
  }

  @Test
  void anUnreachableMemberIsToldAndItsScheduleIsNotForgottenWhenItIsDeleted() {
    applied(null);
    velero.cut("no route");
    VeleroSchedule cut =
        await(schedule(), scheduleSays(Condition.SYNCED, "cluster paris is unreachable"));
    // Velero goes on without us
    assertThat(Mark.isTrue(cut.getStatus().conditions(), Condition.READY)).isTrue();
    schedule().delete();
    await(schedule(), scheduleSays(Condition.READY, "managementPolicies"));
    assertThat(velero.cluster.find("Schedule", NAME)).isPresent();
    velero.heal();
    await(schedule(), ProviderLife::gone);
    assertThat(velero.cluster.find("Schedule", NAME)).isEmpty();
  }

  @Test
  void anInstallStaysWhileAScheduleNamesIt() {
    applied(null);
    install().delete();
    await(install(), installSays(Condition.READY, "waiting for VeleroSchedule schedule to go"));
    schedule().delete();
    await(install(), ProviderLife::gone);
  }

  @Test
  void aScheduleThatSomebodyElseMadeIsLeftAlone() {
    GenericKubernetesResource others =
        Schedules.schedule(
            NAME,
            FakeVelero.namespace(),
            Samples.schedule(YEARLY, false, null).getSpec().forProvider(),
            "elsewhere",
            Samples.origin("another-hub", FakeMember.IDENTITY));
    velero.cluster.put(others);
    apply(YEARLY, false, DeletionPolicy.Delete);
    await(schedule(), scheduleSays(Condition.SYNCED, "NameTaken: hub another-hub made it"));
    velero.cluster.forgetCalls();
    schedule().delete();
    await(schedule(), ProviderLife::gone);
    assertThat(velero.cluster.calls()).noneMatch(call -> call.contains("Schedule/"));
    assertThat(velero.cluster.find("Schedule", NAME)).isPresent();
  }

  @Test
  void observingNeverChangesAnything() {
    GenericKubernetesResource byHand =
        Schedules.schedule(
            "by-hand",
            FakeVelero.namespace(),
            Samples.schedule(MONTHLY, false, null).getSpec().forProvider(),
            "elsewhere",
            Samples.origin("nobody", "nowhere"));
    byHand.getMetadata().setLabels(Map.of());
    velero.cluster.put(byHand);
    register();
    VeleroSchedule observing = Samples.schedule(YEARLY, false, DeletionPolicy.Delete);
    observing.getMetadata().setAnnotations(Map.of(Names.EXTERNAL_NAME, "by-hand"));
    observing.setSpec(
        new VeleroScheduleSpec(
            observing.getSpec().forProvider(),
            List.of(ManagementPolicy.Observe),
            observing.getSpec().providerConfigRef()));
    hub.resource(observing).create();
    await(schedule(), scheduleSays(Condition.READY, "Available"));
    schedule().delete();
    await(schedule(), ProviderLife::gone);
    assertThat(velero.cluster.calls()).isEmpty();
  }
}
