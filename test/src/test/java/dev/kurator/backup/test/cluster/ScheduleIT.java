package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Schedules that run every minute. In order, because they live side by side: while one test waits
 * for the next minute, the others' schedules run too.
 *
 * <p>The members have names, and engines, of their own: labels and versions change here.
 */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScheduleIT {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final String EVERY_MINUTE = "* * * * *";
  private static final String ENGINE = "velero-schedules";

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
  private String namespace = "";
  private String rome = "";
  private String oslo = "";

  @BeforeAll
  void schedule() {
    namespace = bed.namespace("team-schedules");
    rome = namespace.replace("team-schedules", "rome");
    oslo = namespace.replace("team-schedules", "oslo");
    String engine = Registration.smallEngine(ENGINE);
    for (Registration member :
        List.of(
            new Registration(rome, rome, "paris-kubeconfig", namespace, engine),
            new Registration(oslo, "none", "berlin-kubeconfig", namespace, engine))) {
      bed.hub().cluster().apply(member.text());
    }
    bed.paris().cluster().apply(FAILING);
    apply("steady", EVERY_MINUTE, Example.WORKLOAD);
    apply("moved", EVERY_MINUTE, Example.WORKLOAD);
    apply("broken", EVERY_MINUTE, "failing");
  }

  @Test
  @Order(1)
  void runsAppearOnAClaimThatIsReadyAndSaysHowManyItWouldKeep() {
    GenericKubernetesResource claim =
        claim("steady")
            .await("it has succeeded", PATIENCE, seen -> State.is(seen, "Succeeded", "True"));

    assertThat(State.phase(claim)).isEqualTo("Scheduled");
    assertThat(State.is(claim, "Ready", "True")).as("Ready").isTrue();
    assertThat(State.is(claim, "RetentionRisk", "True")).as("RetentionRisk").isTrue();
    assertThat(State.message(claim, "RetentionRisk")).contains("43200", "ttl");
    assertThat(Claim.detail(claim, rome))
        .containsEntry("phase", "Enabled")
        .containsKey("nextBackup");
    assertThat(runs(bed.paris(), "steady"))
        .extracting(run -> run.getMetadata().getName())
        .contains(lastSuccess(claim, rome));
  }

  @Test
  @Order(2)
  void aRunThatFailsShowsAtOnceAndTheClaimStaysReady() {
    GenericKubernetesResource claim =
        claim("broken")
            .await(
                "its newest run shows",
                PATIENCE,
                seen ->
                    State.is(seen, "Succeeded", "False")
                        && newestRuns(seen, rome).stream()
                            .anyMatch(run -> "PartiallyFailed".equals(run.get("phase"))));

    assertThat(State.is(claim, "Ready", "True")).as("Ready").isTrue();
    assertThat(State.phase(claim)).isEqualTo("Scheduled");
    assertThat(Claim.detail(claim, rome)).doesNotContainKey("lastSuccessfulBackup");
  }

  @Test
  @Order(3)
  void aPausedScheduleRunsNoMoreAndAnEditOfItsCronCausesNoRun() {
    awaitRunAfter("moved", rome, "");
    claim("moved").edit("{\"spec\": {\"paused\": true}}");
    claim("moved")
        .await(
            "no run is due", PATIENCE, seen -> !Claim.detail(seen, rome).containsKey("nextBackup"));
    awaitNoneUnderWay("moved");
    List<String> before = names(runs(bed.paris(), "moved"));

    awaitNextMinute();
    assertThat(names(runs(bed.paris(), "moved"))).as("while paused").isEqualTo(before);

    claim("moved").edit("{\"spec\": {\"paused\": null, \"schedule\": \"0 0 1 1 *\"}}");
    claim("moved")
        .await(
            "the next run is at New Year",
            PATIENCE,
            seen ->
                String.valueOf(Claim.detail(seen, rome).get("nextBackup"))
                    .endsWith("-01-01T00:00:00Z"));
    awaitNextMinute();
    assertThat(names(runs(bed.paris(), "moved"))).as("after the edit").isEqualTo(before);
  }

  @Test
  @Order(4)
  void aMemberThatJoinsGetsTheScheduleAndOneThatLeavesLosesItAndKeepsItsData() {
    label(oslo, rome);
    awaitRunAfter("steady", oslo, "");

    label(oslo, "none");
    claim("steady")
        .await("it is no longer there", PATIENCE, seen -> Claim.detail(seen, oslo).isEmpty());
    Await.untilAll(
        "the schedule has left the member",
        PATIENCE,
        Kind.VELERO_IO_SCHEDULE.on(bed.berlin().client()).inNamespace(ENGINE),
        schedules -> schedules.stream().noneMatch(found -> madeFor(found, "steady")));
    assertThat(backupFiles(oslo)).as("its data").isNotEmpty();
    assertThat(State.is(claim("steady").resource().get(), "Ready", "True")).isTrue();
  }

  @Test
  @Order(5)
  void aHubThatWasLostAndRebuiltFindsTheScheduleAndItsRuns() {
    GenericKubernetesResource schedule = schedule("steady");
    String last = lastSuccess(claim("steady").resource().get(), rome);

    claim("steady").lose(bed.hub(), PATIENCE);
    apply("steady", EVERY_MINUTE, Example.WORKLOAD);

    GenericKubernetesResource claim =
        claim("steady")
            .await(
                "it knows of its runs",
                PATIENCE,
                seen -> !lastSuccess(seen, rome).isEmpty() && State.is(seen, "Ready", "True"));
    assertThat(newestRuns(claim, rome)).extracting(run -> run.get("name")).contains(last);
    assertThat(schedule("steady").getMetadata().getUid())
        .isEqualTo(schedule.getMetadata().getUid());
  }

  @Test
  @Order(6)
  void anEngineIsUpgradedWhileAScheduleLives() {
    GenericKubernetesResource schedule = schedule("steady");
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
    Kind.CLUSTER_PROVIDER_CONFIG
        .on(bed.hub().client())
        .withName(rome)
        .patch(MERGE, "{\"spec\": {\"velero\": {\"version\": \"v1.18.99\"}}}");
    Await.untilAll(
        "the new version runs",
        PATIENCE,
        Kind.VELERO_INSTALL
            .on(bed.hub().client())
            .inNamespace(namespace)
            .withLabel(Claim.LABEL, "steady"),
        installs ->
            installs.stream()
                .anyMatch(
                    install ->
                        State.text(install, "status", "atProvider", "version").equals("v1.18.99")
                            && State.is(install, "Ready", "True")));

    awaitNextMinute();
    assertThat(schedule("steady").getMetadata().getUid())
        .isEqualTo(schedule.getMetadata().getUid());
  }

  @Test
  @Order(7)
  void deletedClaimsTakeTheirSchedulesAlongAndTheirDataOnlyIfAskedTo() {
    SortedMap<String, String> kept = filesOf("moved");
    assertThat(kept).isNotEmpty();
    assertThat(filesOf("broken")).isNotEmpty();

    claim("moved").delete(bed.hub(), PATIENCE);
    assertThat(filesOf("moved")).isEqualTo(kept);

    claim("broken").edit("{\"spec\": {\"deletionPolicy\": \"Delete\"}}");
    Await.untilAll(
        "the VeleroSchedule knows",
        PATIENCE,
        Kind.VELERO_SCHEDULE
            .on(bed.hub().client())
            .inNamespace(namespace)
            .withLabel(Claim.LABEL, "broken"),
        found ->
            State.text(found.getFirst(), "spec", "forProvider", "deletionPolicy").equals("Delete"));
    claim("broken").delete(bed.hub(), PATIENCE);
    assertThat(filesOf("broken")).isEmpty();
    assertThat(runs(bed.paris(), "broken")).isEmpty();
    claim("steady").delete(bed.hub(), PATIENCE);
    assertThat(
            Kind.VELERO_IO_SCHEDULE.on(bed.paris().client()).inNamespace(ENGINE).list().getItems())
        .noneMatch(
            found ->
                madeFor(found, "moved") || madeFor(found, "broken") || madeFor(found, "steady"));
  }

  private void label(String config, String fleet) {
    Kind.CLUSTER_PROVIDER_CONFIG
        .on(bed.hub().client())
        .withName(config)
        .patch(
            MERGE, "{\"metadata\": {\"labels\": {\"fleet.kurator.dev/name\": \"" + fleet + "\"}}}");
  }

  private void apply(String name, String cron, String workload) {
    String spec = ClaimYaml.on(bed.store(), namespace, name, "{fleet: " + rome + "}").spec();
    bed.hub()
        .cluster()
        .apply(
            new ClaimYaml(
                    namespace,
                    name,
                    "schedule: \""
                        + cron
                        + "\"\n"
                        + spec.replace("[" + Example.WORKLOAD + "]", "[" + workload + "]"))
                .text());
  }

  /** Waits for a Completed run other than the one named. */
  private GenericKubernetesResource awaitRunAfter(String claim, String member, String run) {
    return claim(claim)
        .await(
            "a run on " + member + " after '" + run + "' is Completed",
            PATIENCE,
            seen -> !lastSuccess(seen, member).isEmpty() && !lastSuccess(seen, member).equals(run));
  }

  /** Waits until every schedule that is due has run once more: the steady one tells. */
  private void awaitNextMinute() {
    awaitRunAfter("steady", rome, lastSuccess(claim("steady").resource().get(), rome));
  }

  private void awaitNoneUnderWay(String claim) {
    Await.untilAll(
        "no run is under way",
        PATIENCE,
        Kind.VELERO_IO_BACKUP
            .on(bed.paris().client())
            .inNamespace(ENGINE)
            .withLabel(Claim.LABEL, claim),
        found ->
            found.stream()
                .allMatch(run -> !State.text(run, "status", "completionTimestamp").isEmpty()));
  }

  private Claim claim(String name) {
    return bed.hub().claim(namespace, name);
  }

  private static String lastSuccess(@Nullable GenericKubernetesResource claim, String member) {
    return Claim.detail(claim, member).get("lastSuccessfulBackup") instanceof Map<?, ?> moment
        ? String.valueOf(moment.get("name"))
        : "";
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> newestRuns(
      @Nullable GenericKubernetesResource claim, String member) {
    return (List<Map<String, Object>>) Claim.detail(claim, member).getOrDefault("runs", List.of());
  }

  private GenericKubernetesResource schedule(String claim) {
    List<GenericKubernetesResource> found =
        Kind.VELERO_IO_SCHEDULE
            .on(bed.paris().client())
            .inNamespace(ENGINE)
            .list()
            .getItems()
            .stream()
            .filter(schedule -> madeFor(schedule, claim))
            .toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private List<GenericKubernetesResource> runs(Member member, String claim) {
    return Kind.VELERO_IO_BACKUP.on(member.client()).inNamespace(ENGINE).list().getItems().stream()
        .filter(run -> madeFor(run, claim))
        .toList();
  }

  private boolean madeFor(GenericKubernetesResource found, String claim) {
    Map<String, String> labels = found.getMetadata().getLabels();
    return labels != null
        && claim.equals(labels.get(Claim.LABEL))
        && namespace.equals(labels.get("backup.kurator.dev/claim-namespace"));
  }

  private static List<String> names(List<GenericKubernetesResource> found) {
    return found.stream().map(object -> object.getMetadata().getName()).sorted().toList();
  }

  private SortedMap<String, String> backupFiles(String member) {
    SortedMap<String, String> files =
        new TreeMap<>(bed.store().objects(Example.BUCKET, namespace + "/" + member));
    files.keySet().removeIf(key -> !key.contains("/backups/"));
    return files;
  }

  private SortedMap<String, String> filesOf(String claim) {
    SortedMap<String, String> files = backupFiles(rome);
    files.keySet().removeIf(key -> !key.contains("-" + claim + "-"));
    return files;
  }
}
