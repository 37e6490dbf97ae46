package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.BackupMoment;
import dev.kurator.backup.apis.claim.BackupPolicy;
import dev.kurator.backup.apis.claim.BackupRun;
import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.ManagementPolicy;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.apis.managed.VeleroScheduleObservation;
import dev.kurator.backup.apis.managed.VeleroScheduleParameters;
import dev.kurator.backup.apis.managed.VeleroScheduleSpec;
import dev.kurator.backup.provider.velero.Schedules;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Schedules from their first look to their last. */
@Execution(ExecutionMode.CONCURRENT)
class ScheduleLifeTest extends ProviderLife {

  private static final String NAME = Samples.SCHEDULE_NAME;

  /** Never due while a test runs. */
  private static final String YEARLY = "0 0 1 1 *";

  private static final String MONTHLY = "0 0 1 * *";
  private static final Map<String, Object> DONE =
      Map.of("phase", "Completed", "completionTimestamp", "2026-11-22T12:00:00Z");

  @BeforeEach
  void enabled() {
    velero.says("Schedule", Map.of("phase", "Enabled"));
  }

  private Resource<VeleroSchedule> schedule() {
    return hub.resources(VeleroSchedule.class).inNamespace(Samples.NAMESPACE).withName("schedule");
  }

  private void apply(String cron, boolean paused, @Nullable DeletionPolicy policy) {
    register();
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    hub.resource(Samples.schedule(cron, paused, policy)).create();
  }

  private VeleroSchedule applied(@Nullable DeletionPolicy policy) {
    apply(YEARLY, false, policy);
    return await(schedule(), scheduleSays(Condition.READY, "Available"));
  }

  private static Predicate<VeleroSchedule> scheduleSays(String type, String part) {
    return schedule ->
        schedule != null
            && schedule.getStatus() != null
            && says(schedule.getStatus().conditions(), type, part);
  }

  private static Predicate<VeleroSchedule> sees(Predicate<VeleroScheduleObservation> test) {
    return schedule ->
        schedule != null
            && schedule.getStatus() != null
            && schedule.getStatus().atProvider() != null
            && test.test(schedule.getStatus().atProvider());
  }

  private static VeleroScheduleObservation seen(VeleroSchedule schedule) {
    return Objects.requireNonNull(schedule.getStatus().atProvider());
  }

  private GenericKubernetesResource onMember(String name) {
    return (GenericKubernetesResource) velero.cluster.find("Schedule", name).orElseThrow();
  }

  private void edit(String cron, boolean paused, BackupPolicy policy) {
    edit(
        spec ->
            new VeleroScheduleSpec(
                new VeleroScheduleParameters(
                    NAME,
                    "install",
                    cron,
                    paused,
                    policy,
                    spec.forProvider().labels(),
                    "hash",
                    spec.forProvider().deletionPolicy()),
                spec.managementPolicies(),
                spec.providerConfigRef()));
  }

  private void edit(UnaryOperator<VeleroScheduleSpec> edit) {
    edit(schedule(), resource -> edited(resource, edit));
  }

  private static VeleroSchedule edited(
      VeleroSchedule resource, UnaryOperator<VeleroScheduleSpec> edit) {
    resource.setSpec(edit.apply(resource.getSpec()));
    // the server in memory does not count
    resource
        .getMetadata()
        .setGeneration(Objects.requireNonNullElse(resource.getMetadata().getGeneration(), 1L) + 1);
    return resource;
  }

  private void awaitOnMember(Predicate<GenericKubernetesResource> test) {
    velero.cluster.await(
        cluster ->
            cluster
                .find("Schedule", NAME)
                .map(GenericKubernetesResource.class::cast)
                .filter(test)
                .isPresent());
  }

  private static Instant ago(Duration duration) {
    return Instant.now().minus(duration).truncatedTo(ChronoUnit.SECONDS);
  }

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
  void anotherTimeTellsVeleroToCountFromNow() {
    applied(null);
    // under the new expression a run would be due in the past
    velero.run(NAME, ago(Duration.ofDays(90)), DONE);
    await(schedule(), sees(seen -> seen.lastBackup() != null));
    edit(MONTHLY, false, BackupPolicy.UNSET);
    awaitOnMember(
        found ->
            MONTHLY.equals(found.get("spec", "schedule"))
                && found.get("status", "lastSkipped") != null);
    VeleroSchedule told =
        await(
            schedule(),
            sees(
                seen -> String.valueOf(seen.nextBackup()).compareTo(Instant.now().toString()) > 0));
    assertThat(seen(told).nextBackup()).contains("-01T00:00:00Z");
  }

  @Test
  void aRunThatIsDueAndNotBegunIsNotLostByAnEdit() {
    apply("* * * * *", false, null);
    await(schedule(), scheduleSays(Condition.READY, "Available"));
    // due since less than a minute, and Velero has not looked yet
    GenericKubernetesResource made = onMember(NAME);
    made.setAdditionalProperty(
        "status", Map.of("phase", "Enabled", "lastBackup", ago(Duration.ofSeconds(61)).toString()));
    velero.cluster.put(made);
    edit(YEARLY, false, BackupPolicy.UNSET);
    // the policy is not due: it shows that the edit was looked at
    hub.resource(Samples.backup("other", null, "1h")).create();
    await(
        hub.resources(VeleroBackup.class).inNamespace(Samples.NAMESPACE).withName("other"),
        phase("Completed"));
    assertThat(onMember(NAME).<Object>get("spec", "schedule")).isEqualTo("* * * * *");
    assertThat(velero.cluster.calls()).doesNotContain("patch Schedule/" + NAME);
  }

  @Test
  void theEndOfAPauseCausesNoRun() {
    apply(YEARLY, true, null);
    VeleroSchedule paused = await(schedule(), scheduleSays(Condition.READY, "paused"));
    assertThat(Mark.isTrue(paused.getStatus().conditions(), Condition.READY)).isTrue();
    assertThat(seen(paused).nextBackup()).isNull();

    edit(YEARLY, false, BackupPolicy.UNSET);
    awaitOnMember(
        found ->
            Boolean.FALSE.equals(found.get("spec", "paused"))
                && found.get("status", "lastSkipped") != null);
    await(schedule(), sees(seen -> seen.nextBackup() != null));
  }

  @Test
  void aPolicyEditReachesTheTemplateAndMovesNoRun() {
    applied(null);
    edit(YEARLY, false, new BackupPolicy(null, "24h", Map.of("pods", "a/b"), null, null));
    awaitOnMember(found -> "24h".equals(found.get("spec", "template", "ttl")));
    assertThat(onMember(NAME).<Object>get("status", "lastSkipped")).isNull();
    await(
        schedule(),
        schedule ->
            schedule
                .getMetadata()
                .getGeneration()
                .equals(schedule.getStatus().observedGeneration()));
    edit(YEARLY, false, BackupPolicy.UNSET);
    awaitOnMember(
        found ->
            "720h".equals(found.get("spec", "template", "ttl"))
                && found.get("spec", "template", "orderedResources") == null);
  }

  @Test
  void whatSomebodyChangedOrDeletedOnTheMemberIsPutRight() {
    applied(null);
    GenericKubernetesResource changed = onMember(NAME);
    changed.setAdditionalProperty(
        "spec",
        Map.of(
            "schedule",
            YEARLY,
            "template",
            Map.of("includedNamespaces", List.of("only-this"), "snapshotVolumes", true)));
    velero.cluster.put(changed);
    awaitOnMember(
        found ->
            found.get("spec", "template", "includedNamespaces") == null
                && Boolean.FALSE.equals(found.get("spec", "template", "snapshotVolumes")));
    velero.cluster.forgetCalls();
    velero.cluster.remove(onMember(NAME));
    velero.cluster.await(cluster -> cluster.calls().contains("create Schedule/" + NAME));
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
  void aScheduleThatSomebodyElseMadeIsLeftAlone() {
    GenericKubernetesResource others =
        Schedules.schedule(
            NAME,
            FakeVelero.namespace(),
            Samples.schedule(YEARLY, false, null).getSpec().forProvider(),
            "elsewhere",
            "another-hub",
            FakeMember.IDENTITY);
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
  void observingNeverChangesAnything() {
    GenericKubernetesResource byHand =
        Schedules.schedule(
            "by-hand",
            FakeVelero.namespace(),
            Samples.schedule(MONTHLY, false, null).getSpec().forProvider(),
            "elsewhere",
            "nobody",
            "nowhere");
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

  @Test
  void anInstallStaysWhileAScheduleNamesIt() {
    applied(null);
    install().delete();
    await(install(), installSays(Condition.READY, "waiting for VeleroSchedule schedule to go"));
    schedule().delete();
    await(install(), ProviderLife::gone);
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
}
