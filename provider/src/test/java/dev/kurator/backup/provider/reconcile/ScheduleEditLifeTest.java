package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.BackupPolicy;
import dev.kurator.backup.apis.claim.BackupRun;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.apis.managed.VeleroScheduleParameters;
import dev.kurator.backup.apis.managed.VeleroScheduleSpec;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Schedules that somebody edits, on the hub or on the member. */
@Execution(ExecutionMode.CONCURRENT)
class ScheduleEditLifeTest extends ScheduleLife {

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
  void runsAreToldWhileAnEditIsRefused() {
    applied(null);
    edit(YEARLY, false, new BackupPolicy(null, "99999999h", Map.of(), null, null));
    await(schedule(), scheduleSays(Condition.SYNCED, "policy.ttl is \"99999999h\""));
    String run = velero.run(NAME, ago(Duration.ofHours(2)), DONE);

    VeleroSchedule told = await(schedule(), sees(seen -> seen.lastSuccessfulBackup() != null));
    assertThat(seen(told).runs()).extracting(BackupRun::name).containsExactly(run);
    assertThat(says(told.getStatus().conditions(), Condition.SYNCED, "policy.ttl is")).isTrue();
    assertThat(told.getStatus().observedGeneration())
        .isNotEqualTo(told.getMetadata().getGeneration());
    assertThat(onMember(NAME).<String>get("spec", "template", "ttl")).isEqualTo("720h");
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
}
