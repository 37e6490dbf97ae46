package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Restores whose Backup is not there, not ready, or goes away, and what the claim says then. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestoreWaitsIT {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String WAITS = "waits";

  private final Bed bed = Bed.shared();
  private String claims = "";

  @BeforeAll
  void holdTheLocation() {
    claims = bed.namespace("team-waits");
    new HandWritten(bed, claims).install("berlin");
    bed.berlin().deploySlowWorkload();
  }

  @Test
  void aRestoreWaitsForABackupThatIsMissingAndThenRunsAndGoesOnByItself() {
    apply(WAITS, copy("late", Member.SLOW, "slow-copy"));
    said(WAITS, "BackupMissing", "late");

    bed.hub().cluster().apply(backup("late", Member.SLOW, "").text());
    said(WAITS, "BackupNotFinished", "late");

    GenericKubernetesResource claim = restore(WAITS).awaitPhase("Completed", PATIENCE);
    assertThat(State.is(claim, "Accepted", "True")).isTrue();
    assertThat(bed.berlin().client().pods().inNamespace("slow-copy").withName("sloth").get())
        .isNotNull();
    // it would slow down every backup of the whole cluster
    bed.berlin().client().namespaces().withName("slow-copy").delete();
  }

  @Test
  void aBackupOfAnotherNamespaceIsNotUsed() {
    apply("foreign", "backupName: " + Example.NAME + "\n");
    said("foreign", "BackupMissing", "own namespace");
  }

  @Test
  void aPolicyThatTheBackupLacksFailsAtOnceWithTheNamesItHas() {
    complete("named");
    apply("misnamed", "backupName: named\npolicies: [{name: shoe}]\n");
    GenericKubernetesResource claim =
        restore("misnamed")
            .await(
                "it has failed and says why",
                PATIENCE,
                seen -> State.phase(seen).equals("Failed") && State.is(seen, "Accepted", "False"));

    assertThat(State.message(claim, "Accepted")).contains("shoe").contains("shop");
    assertThat(bed.berlin().restoresOf(claims, "misnamed")).isEmpty();
  }

  @Test
  void destinationsThatFitNothingAreSaid() {
    complete("aimed");
    apply("nowhere", "backupName: aimed\ndestination: {fleet: nowhere}\n");
    said("nowhere", "NoMembers", "nowhere");
    apply("sourceless", "backupName: aimed\ndestination: " + bed.only(bed.paris()) + "\n");
    said("sourceless", "NoSource", "sourceCluster");
  }

  @Test
  void aBackupThatFailedIsSaid() {
    ClaimYaml good = backup("failed", Example.WORKLOAD, "");
    bed.hub()
        .cluster()
        .apply(
            new ClaimYaml(
                    claims,
                    "failed",
                    good.spec().replace("fleet: europe", "fleet: nowhere") + "startDeadline: 1s\n")
                .text());
    bed.hub().claim(claims, "failed").awaitPhase("Failed", PATIENCE);
    apply("of-failed", "backupName: failed\n");
    said("of-failed", "BackupFailed", "failed");
  }

  @Test
  void aBackupThatIsDeletedWithItsDataTakesNoOutcomeBack() {
    bed.hub()
        .cluster()
        .apply(backup("doomed", Example.WORKLOAD, "deletionPolicy: Delete\n").text());
    bed.hub().claim(claims, "doomed").awaitPhase("Completed", PATIENCE);
    apply("survivor", copy("doomed", Example.WORKLOAD, "survivor"));
    GenericKubernetesResource before = restore("survivor").awaitPhase("Completed", PATIENCE);

    bed.hub().claim(claims, "doomed").delete(bed.hub(), PATIENCE);
    Await.untilAll(
        "Velero has deleted the Restores of the backup that is gone",
        PATIENCE,
        Kind.VELERO_IO_RESTORE
            .on(bed.berlin().client())
            .inNamespace(Member.VELERO)
            .withLabel(Claim.LABEL, "survivor"),
        List::isEmpty);

    GenericKubernetesResource after = restore("survivor").resource().get();
    // Velero's words may come a moment after its phase.
    assertThat(Claim.detail(after, "berlin")).containsAllEntriesOf(Claim.detail(before, "berlin"));
    apply("too-late", "backupName: doomed\n");
    said("too-late", "BackupMissing", "doomed");
  }

  private void said(String name, String reason, String part) {
    GenericKubernetesResource claim =
        restore(name)
            .await(
                "it says " + reason,
                PATIENCE,
                seen ->
                    State.entries(seen, "conditions").stream()
                        .anyMatch(condition -> isFalse(condition, reason)));
    assertThat(State.phase(claim)).isEqualTo("Pending");
    assertThat(State.message(claim, "Accepted")).contains(part);
  }

  private static boolean isFalse(Map<String, Object> condition, String reason) {
    return "Accepted".equals(condition.get("type"))
        && "False".equals(condition.get("status"))
        && reason.equals(condition.get("reason"));
  }

  private void complete(String name) {
    bed.hub().cluster().apply(backup(name, Example.WORKLOAD, "").text());
    bed.hub().claim(claims, name).awaitPhase("Completed", PATIENCE);
  }

  private ClaimYaml backup(String name, String workload, String more) {
    ClaimYaml yaml = ClaimYaml.on(bed.store(), claims, name, bed.only(bed.berlin()));
    return new ClaimYaml(claims, name, yaml.spec().replace("[shop]", "[" + workload + "]") + more);
  }

  private static String copy(String backup, String from, String to) {
    return """
    backupName: %s
    policies: [{name: shop, policy: {namespaceMapping: {%s: %s}}}]
    """
        .formatted(backup, from, to);
  }

  private void apply(String name, String spec) {
    bed.hub().cluster().apply(ClaimYaml.restore(claims, name, spec).text());
  }

  private Claim restore(String name) {
    return bed.hub().restore(claims, name);
  }
}
