package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Schedules that run every minute, and what happens around them. In order, because they live side
 * by side: while one test waits for the next minute, the others' schedules run too.
 */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScheduleIT {

  private static final Duration PATIENCE = Timetable.PATIENCE;

  /** A pod whose backup fails, since what it wants to be run beforehand does. */
  private static final String FAILING =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: failing}
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        namespace: failing
        name: stubborn
        annotations:
          pre.hook.backup.velero.io/command: '["/bin/busybox", "false"]'
          pre.hook.backup.velero.io/on-error: Fail
      spec:
        terminationGracePeriodSeconds: 0
        containers: [{name: stubborn, image: "busybox:1.36", command: [sleep, "1000000"]}]
      """;

  private final Bed bed = Bed.shared();
  private final Timetable timetable = Timetable.on(bed, "schedules");

  @BeforeAll
  void schedule() {
    bed.paris().cluster().apply(FAILING);
    timetable.apply("steady", Example.WORKLOAD);
    timetable.apply("broken", "failing");
  }

  @Test
  @Order(1)
  void runsAppearOnAClaimThatIsReadyAndSaysHowManyItWouldKeep() {
    GenericKubernetesResource claim =
        timetable
            .claim("steady")
            .await("it has succeeded", PATIENCE, seen -> State.is(seen, "Succeeded", "True"));

    assertThat(State.phase(claim)).isEqualTo("Scheduled");
    assertThat(State.is(claim, "Ready", "True")).as("Ready").isTrue();
    assertThat(State.is(claim, "RetentionRisk", "True")).as("RetentionRisk").isTrue();
    assertThat(State.message(claim, "RetentionRisk")).contains("43200", "ttl");
    assertThat(Claim.detail(claim, timetable.member()))
        .containsEntry("phase", "Enabled")
        .containsKey("nextBackup");
    assertThat(timetable.runs("steady"))
        .extracting(run -> run.getMetadata().getName())
        .contains(Timetable.lastSuccess(claim, timetable.member()));
  }

  @Test
  @Order(2)
  void aRunThatFailsShowsAtOnceAndTheClaimStaysReady() {
    GenericKubernetesResource claim =
        timetable
            .claim("broken")
            .await(
                "its newest run shows",
                PATIENCE,
                seen ->
                    State.is(seen, "Succeeded", "False")
                        && newestRuns(seen, timetable.member()).stream()
                            .anyMatch(
                                run ->
                                    "PartiallyFailed".equals(run.get("phase"))
                                        && run.containsKey("reasons")));

    assertThat(State.is(claim, "Ready", "True")).as("Ready").isTrue();
    assertThat(State.phase(claim)).isEqualTo("Scheduled");
    assertThat(Claim.detail(claim, timetable.member())).doesNotContainKey("lastSuccessfulBackup");
    assertThat(newestRuns(claim, timetable.member()))
        .filteredOn(run -> run.containsKey("reasons"))
        .singleElement()
        .satisfies(
            run ->
                assertThat(String.valueOf(run.get("reasons"))).containsAnyOf("stubborn", "hook"));
  }

  @Test
  @Order(3)
  void aHubThatWasLostAndRebuiltFindsTheScheduleAndItsRuns() {
    GenericKubernetesResource schedule = timetable.schedule("steady");
    String last =
        Timetable.lastSuccess(timetable.claim("steady").resource().get(), timetable.member());

    timetable.claim("steady").lose(bed.hub(), PATIENCE);
    timetable.apply("steady", Example.WORKLOAD);

    GenericKubernetesResource claim =
        timetable
            .claim("steady")
            .await(
                "it knows of its runs",
                PATIENCE,
                seen ->
                    !Timetable.lastSuccess(seen, timetable.member()).isEmpty()
                        && State.is(seen, "Ready", "True"));
    assertThat(newestRuns(claim, timetable.member()))
        .extracting(run -> run.get("name"))
        .contains(last);
    assertThat(timetable.schedule("steady").getMetadata().getUid())
        .isEqualTo(schedule.getMetadata().getUid());
  }

  @Test
  @Order(4)
  void anEngineIsUpgradedWhileAScheduleLives() {
    GenericKubernetesResource schedule = timetable.schedule("steady");
    // There is one Velero here; under another tag it is another version to all but itself.
    bed.paris()
        .cluster()
        .exec(
            "ctr",
            "-n",
            "k8s.io",
            "images",
            "tag",
            "--force",
            "docker.io/velero/velero:v1.18.3",
            "docker.io/velero/velero:v1.18.99");
    timetable.edit(timetable.member(), "{\"spec\": {\"velero\": {\"version\": \"v1.18.99\"}}}");
    Await.untilAll(
        "the new version runs",
        PATIENCE,
        Kind.VELERO_INSTALL
            .on(bed.hub().client())
            .inNamespace(timetable.namespace())
            .withLabel(Claim.LABEL, "steady"),
        installs ->
            installs.stream()
                .anyMatch(
                    install ->
                        State.text(install, "status", "atProvider", "version").equals("v1.18.99")
                            && State.is(install, "Ready", "True")));

    timetable.awaitNextMinute();
    assertThat(timetable.schedule("steady").getMetadata().getUid())
        .isEqualTo(schedule.getMetadata().getUid());
  }

  @Test
  @Order(5)
  void deletedClaimsTakeTheirDataAlongIfAskedTo() {
    assertThat(timetable.filesOf("broken")).isNotEmpty();

    timetable.claim("broken").edit("{\"spec\": {\"deletionPolicy\": \"Delete\"}}");
    Await.untilAll(
        "the VeleroSchedule knows",
        PATIENCE,
        Kind.VELERO_SCHEDULE
            .on(bed.hub().client())
            .inNamespace(timetable.namespace())
            .withLabel(Claim.LABEL, "broken"),
        found ->
            State.text(found.getFirst(), "spec", "forProvider", "deletionPolicy").equals("Delete"));
    timetable.claim("broken").delete(bed.hub(), PATIENCE);
    assertThat(timetable.filesOf("broken")).isEmpty();
    assertThat(timetable.runs("broken")).isEmpty();

    timetable.claim("steady").delete(bed.hub(), PATIENCE);
    assertThat(
            Kind.VELERO_IO_SCHEDULE
                .on(bed.paris().client())
                .inNamespace(timetable.engine())
                .list()
                .getItems())
        .noneMatch(
            found -> timetable.madeFor(found, "broken") || timetable.madeFor(found, "steady"));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> newestRuns(
      @Nullable GenericKubernetesResource claim, String member) {
    return (List<Map<String, Object>>) Claim.detail(claim, member).getOrDefault("runs", List.of());
  }
}
