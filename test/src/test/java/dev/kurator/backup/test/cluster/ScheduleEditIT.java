package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Edits of schedules that run every minute, and of the fleet they run on. In order, because they
 * live side by side: while one test waits for the next minute, the others' schedules run too.
 */
@Order(3)
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScheduleEditIT {

  private static final Duration PATIENCE = Timetable.PATIENCE;

  private final Bed bed = Bed.shared();
  private final Timetable timetable = Timetable.on(bed, "schedule-edits");
  private final String oslo = timetable.member().replace("paris-", "berlin-");

  @BeforeAll
  void schedule() {
    timetable.register(oslo, "none", "berlin-kubeconfig");
    timetable.apply("steady", Example.WORKLOAD);
    timetable.apply("moved", Example.WORKLOAD);
  }

  @Test
  @Order(1)
  void aPausedScheduleRunsNoMoreAndAnEditOfItsCronCausesNoRun() {
    timetable.awaitRunAfter("moved", timetable.member(), "");
    timetable.claim("moved").edit("{\"spec\": {\"paused\": true}}");
    timetable
        .claim("moved")
        .await(
            "no run is due",
            PATIENCE,
            seen -> !Claim.detail(seen, timetable.member()).containsKey("nextBackup"));
    awaitNoneUnderWay("moved");
    List<String> before = names(timetable.runs("moved"));

    timetable.awaitNextMinute();
    assertThat(names(timetable.runs("moved"))).as("while paused").isEqualTo(before);

    timetable.claim("moved").edit("{\"spec\": {\"paused\": null, \"schedule\": \"0 0 1 1 *\"}}");
    timetable
        .claim("moved")
        .await(
            "the next run is at New Year",
            PATIENCE,
            seen ->
                String.valueOf(Claim.detail(seen, timetable.member()).get("nextBackup"))
                    .endsWith("-01-01T00:00:00Z"));
    timetable.awaitNextMinute();
    assertThat(names(timetable.runs("moved"))).as("after the edit").isEqualTo(before);
  }

  @Test
  @Order(2)
  void aMemberThatJoinsGetsTheScheduleAndOneThatLeavesLosesItAndKeepsItsData() {
    label(timetable.member());
    timetable.awaitRunAfter("steady", oslo, "");

    label("none");
    timetable
        .claim("steady")
        .await("it is no longer there", PATIENCE, seen -> Claim.detail(seen, oslo).isEmpty());
    Await.untilAll(
        "the schedule has left the member",
        PATIENCE,
        Kind.VELERO_IO_SCHEDULE.on(bed.berlin().client()).inNamespace(timetable.engine()),
        schedules -> schedules.stream().noneMatch(found -> timetable.madeFor(found, "steady")));
    assertThat(timetable.backupFiles(oslo)).as("its data").isNotEmpty();
    assertThat(State.is(timetable.claim("steady").resource().get(), "Ready", "True")).isTrue();
  }

  @Test
  @Order(3)
  void aDeletedClaimTakesItsScheduleAlongAndLeavesItsData() {
    SortedMap<String, String> kept = timetable.filesOf("moved");
    assertThat(kept).isNotEmpty();

    timetable.claim("moved").delete(bed.hub(), PATIENCE);
    assertThat(timetable.filesOf("moved")).isEqualTo(kept);
    assertThat(
            Kind.VELERO_IO_SCHEDULE
                .on(bed.paris().client())
                .inNamespace(timetable.engine())
                .list()
                .getItems())
        .noneMatch(found -> timetable.madeFor(found, "moved"));
    timetable.claim("steady").delete(bed.hub(), PATIENCE);
  }

  private void label(String fleet) {
    timetable.edit(
        oslo, "{\"metadata\": {\"labels\": {\"fleet.kurator.dev/name\": \"" + fleet + "\"}}}");
  }

  private void awaitNoneUnderWay(String claim) {
    Await.untilAll(
        "no run is under way",
        PATIENCE,
        Kind.VELERO_IO_BACKUP
            .on(bed.paris().client())
            .inNamespace(timetable.engine())
            .withLabel(Claim.LABEL, claim),
        found ->
            found.stream()
                .allMatch(run -> !State.text(run, "status", "completionTimestamp").isEmpty()));
  }

  private static List<String> names(List<GenericKubernetesResource> found) {
    return found.stream().map(object -> object.getMetadata().getName()).sorted().toList();
  }
}
