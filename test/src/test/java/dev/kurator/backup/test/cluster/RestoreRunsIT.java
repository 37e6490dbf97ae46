package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Restores from a schedule: the newest run, kept while newer ones come, or another one. */
@Order(4)
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestoreRunsIT {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String SCHEDULE = "nightly";

  private final Bed bed = Bed.shared();
  private String claims = "";
  private String shop = "";
  private String first = "";
  private String second = "";

  @BeforeAll
  void takeTwoRunsBetweenWhichThePriceChanges() {
    claims = bed.namespace("team-runs");
    shop = claims.replace("team-runs", "runs");
    bed.paris()
        .cluster()
        .apply("apiVersion: v1\nkind: Namespace\nmetadata: {name: %s}\n".formatted(shop));
    new Shop(bed.paris(), shop).price("till", "3");
    bed.hub().cluster().apply(schedule().text());
    first = awaitRunAfter("");
    new Shop(bed.paris(), shop).price("till", "9");
    // the run that is under way may have read the price before
    second = awaitRunAfter(awaitRunAfter(first));
    backup().edit("{\"spec\": {\"paused\": true}}");
    backup()
        .await(
            "no run is due",
            PATIENCE,
            seen ->
                !Claim.detail(seen, "paris").containsKey("nextBackup")
                    && runs(seen).stream().allMatch(run -> "Completed".equals(run.get("phase"))));
    second = lastSuccess(backup().resource().get());
  }

  @Test
  void theNewestCompletedRunIsChosenOnceAndKeptWhileNewerOnesCome() {
    apply("newest", "");
    GenericKubernetesResource claim = restore("newest").awaitPhase("Completed", PATIENCE);

    assertThat(Claim.detail(claim, "paris")).containsEntry("backupName", second);
    assertThat(new Shop(bed.paris(), shop + "-newest").price("till")).isEqualTo("9");

    backup().edit("{\"spec\": {\"paused\": null}}");
    awaitRunAfter(second);
    backup().edit("{\"spec\": {\"paused\": true}}");
    // Velero's words may come a moment after its phase.
    assertThat(Claim.detail(restore("newest").resource().get(), "paris"))
        .containsAllEntriesOf(Claim.detail(claim, "paris"));
    assertThat(bed.paris().restoresOf(claims, "newest")).hasSize(1);
  }

  @Test
  void anotherPointInTimeIsChosenByTheNameOfItsRun() {
    bed.hub()
        .cluster()
        .apply(
            bed.example()
                .claim("restore-point-in-time", claims, shop, bed.store())
                .replaceAll("run: .*", "run: " + first));
    GenericKubernetesResource claim =
        restore("before-the-mistake").awaitPhase("Completed", PATIENCE);

    assertThat(Claim.detail(claim, "paris")).containsEntry("backupName", first);
    assertThat(new Shop(bed.paris(), shop + "-before").price("till")).isEqualTo("3");
  }

  @Test
  void aRunThatTheBackupDoesNotHaveIsSaidWithTheOnesItHas() {
    apply("unknown", "run: team-shop-of-somebody-else\n");
    GenericKubernetesResource claim =
        restore("unknown")
            .await("it is said", PATIENCE, seen -> State.is(seen, "Accepted", "False"));

    assertThat(State.phase(claim)).isEqualTo("Pending");
    assertThat(State.message(claim, "Accepted"))
        .contains("team-shop-of-somebody-else")
        .contains(lastSuccess(backup().resource().get()));
  }

  private ClaimYaml schedule() {
    ClaimYaml yaml = ClaimYaml.on(bed.store(), claims, SCHEDULE, bed.only(bed.paris()));
    return new ClaimYaml(
        claims,
        SCHEDULE,
        yaml.spec().replace("[shop]", "[" + shop + "]").replace("name: shop", "name: " + shop)
            + "schedule: \"* * * * *\"\n");
  }

  private void apply(String name, String more) {
    String spec =
        """
        backupName: %s
        policies: [{name: SHOP, policy: {namespaceMapping: {SHOP: SHOP-%s}}}]
        """
            .replace("SHOP", shop)
            .formatted(SCHEDULE, name);
    bed.hub().cluster().apply(ClaimYaml.restore(claims, name, spec + more).text());
  }

  /** Waits for a successful run other than the one that is known; returns its name. */
  private String awaitRunAfter(String known) {
    return lastSuccess(
        backup()
            .await(
                "there is a run after " + known,
                PATIENCE,
                seen -> !lastSuccess(seen).isEmpty() && !lastSuccess(seen).equals(known)));
  }

  private static String lastSuccess(@Nullable GenericKubernetesResource claim) {
    return Claim.detail(claim, "paris").get("lastSuccessfulBackup") instanceof Map<?, ?> moment
        ? String.valueOf(moment.get("name"))
        : "";
  }

  private static List<Map<?, ?>> runs(@Nullable GenericKubernetesResource claim) {
    return Claim.detail(claim, "paris").get("runs") instanceof List<?> runs
        ? runs.stream().<Map<?, ?>>map(run -> (Map<?, ?>) run).toList()
        : List.of();
  }

  private Claim backup() {
    return bed.hub().claim(claims, SCHEDULE);
  }

  private Claim restore(String name) {
    return bed.hub().restore(claims, name);
  }
}
