package dev.kurator.backup.function.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kurator.crossplane.fn.v1.Condition;
import dev.kurator.crossplane.fn.v1.State;
import dev.kurator.crossplane.fn.v1.Status;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sizes of claims over large fleets, at their fullest; {@code docs/large-fleets.md}. */
class LargeFleetTest {

  private static final int RESPONSE_LIMIT = 4 * 1024 * 1024;
  private static final int OBJECT_LIMIT = 3 * 1024 * 1024 / 2;

  /** Crossplane's and the API server's own notes in the claim, two managers and the like. */
  private static final int BOOKKEEPING = 8 * 1024;

  private static final int TOO_MANY = 1400;

  private static final String STORAGE =
      "storage: {location: {provider: aws, bucket: backups, region: eu-west-1}, credentials: c}";

  private static final String POLICY =
      """
        - name: %s
          policy:
            ttl: 240h
            resourceFilter:
              includedNamespaces: [shop, "shop-*"]
              labelSelector: {matchLabels: {tier: web}}
      """;

  /** The claims of which the largest fleet is known. */
  enum Shape {
    BACKUP("Backup", STORAGE, "destination: {fleet: europe}"),
    BACKUP_OF_THREE("Backup", STORAGE, "destination: {fleet: europe}", "policies:", three()),
    SCHEDULE("Backup", STORAGE, "destination: {fleet: europe}", "schedule: '@daily'"),
    RESTORE(
        "Restore",
        "backupName: before-upgrade",
        "destination: {fleet: europe}",
        "sourceCluster: europe-cluster-0000"),
    MIGRATE("Migrate", STORAGE, "sourceCluster: {fleet: legacy}", "targetCluster: {fleet: europe}");

    private final String yaml;

    /** Until everything is observed and the claim says all of it. */
    private final int calls = name().equals("MIGRATE") ? 4 : 2;

    Shape(String kind, String... spec) {
      yaml =
          """
          apiVersion: backup.kurator.dev/v1alpha1
          kind: %s
          metadata:
            name: before-upgrade
            namespace: team-shop
            creationTimestamp: "2026-01-01T11:30:00Z"
          spec:
          """
                  .formatted(kind)
              + String.join("\n", spec).indent(2);
    }

    private static String three() {
      return POLICY.formatted("shop") + POLICY.formatted("billing") + POLICY.formatted("rest");
    }

    LargeFleet over(int members, boolean talkative) {
      LargeFleet fleet = new LargeFleet(yaml, members, talkative);
      return this == RESTORE ? fleet.restoring(BACKUP.over(1, false).reconciled(2)) : fleet;
    }

    int operations(int members) {
      return this == BACKUP_OF_THREE ? 3 * members : this == MIGRATE ? members + 1 : members;
    }
  }

  @ParameterizedTest
  @EnumSource
  void threeHundredMembersFitHoweverMuchThereIsToTell(Shape shape) {
    LargeFleet fleet = shape.over(300, true).reconciled(shape.calls);

    assertThat(fleet.condition("Accepted").getStatus()).isEqualTo(Status.STATUS_CONDITION_TRUE);
    assertThat(fleet.observed()).hasSizeGreaterThanOrEqualTo(shape.operations(300) + 300);
    assertFits(fleet);
  }

  @Test
  void allManagedResourcesAreInTheFirstAnswer() {
    LargeFleet fleet = Shape.BACKUP.over(300, false).reconciled(1);

    assertThat(fleet.response().getDesired().getResourcesMap()).hasSize(600);
    assertThat(fleet.claim().at("/status/backupDetails")).hasSize(300);
  }

  @Test
  void aHealthyFleetWithAShortStartDeadlineLosesNobodyToIt() {
    LargeFleet fleet = Shape.BACKUP.over(300, false);
    fleet.reconciled(1);
    // The clock stands half an hour after the claim's creation.
    fleet.claim().withObject("/spec").put("startDeadline", "5m");

    fleet.reconciled(1);

    assertThat(fleet.claim().at("/status/phase").asText()).isEqualTo("Completed");
    assertThat(fleet.claim().at("/status").toString()).doesNotContain("NotStarted");
  }

  private static void assertFits(LargeFleet fleet) {
    assertThat(fleet.response().getSerializedSize()).isLessThan(RESPONSE_LIMIT);
    assertThat(fleet.claimBytes() + BOOKKEEPING).isLessThan(OBJECT_LIMIT);
  }

  /** Also prints the figures of docs/large-fleets.md. */
  @ParameterizedTest
  @EnumSource
  void theNumberThatARefusalNamesFitsAndLittleMoreDoes(Shape shape) {
    Condition refusal = shape.over(TOO_MANY, true).reconciled(1).condition("Accepted");
    Matcher number = Pattern.compile("about (\\d+) such members fit").matcher(refusal.getMessage());
    assertThat(number.find()).as(refusal.getMessage()).isTrue();
    int most = Integer.parseInt(number.group(1));

    LargeFleet fleet = shape.over(most - 1, true).reconciled(shape.calls);

    assertThat(fleet.condition("Accepted").getStatus()).isEqualTo(Status.STATUS_CONDITION_TRUE);
    assertThat(fleet.observed()).hasSizeGreaterThan(shape.operations(most - 1));
    assertFits(fleet);
    assertThat(fleet.claimBytes())
        .as("the claim at its fullest")
        .isGreaterThan(OBJECT_LIMIT / 3 * 2);
    assertThat(shape.over(most + most / 20, true).reconciled(1).response().getDesired())
        .extracting(State::getResourcesCount)
        .isEqualTo(0);
    System.out.printf(
        "%s: at most %d members; response %d, claim %d bytes%n",
        shape, most, fleet.response().getSerializedSize(), fleet.claimBytes());
  }

  @Test
  void beyondItNothingIsRenderedAndTheClaimSaysWhatToDo() {
    LargeFleet fleet = Shape.BACKUP_OF_THREE.over(TOO_MANY, true).reconciled(2);

    Condition accepted = fleet.condition("Accepted");
    assertThat(accepted.getStatus()).isEqualTo(Status.STATUS_CONDITION_FALSE);
    assertThat(accepted.getReason()).isEqualTo("TooManyMembers");
    assertThat(accepted.getMessage())
        .startsWith("1400 members with 4200 operations are too many for one claim")
        .contains("of the 1.5 that Kubernetes stores", "clusterSelector", "fewer");
    assertThat(fleet.observed()).isEmpty();
    assertThat(fleet.claim().path("status").path("phase").asText()).isEqualTo("Pending");
    assertThat(fleet.claimBytes()).isLessThan(BOOKKEEPING);
    assertThat(fleet.response().getResultsList()).isEmpty();
  }

  @Test
  void aResponseThatWouldBeTooLargeIsRefusedToo() {
    LargeFleet fleet = Shape.BACKUP_OF_THREE.over(300, false);
    fleet
        .claim()
        .withObject("/spec/policies/0/policy/resourceFilter")
        .set("excludedResources", kinds());
    fleet
        .claim()
        .withObject("/spec/policies/1/policy/resourceFilter")
        .set("excludedResources", kinds());

    assertThat(fleet.reconciled(1).condition("Accepted").getMessage())
        .contains("of the 4.0 that Crossplane takes from a function");
  }

  private static ArrayNode kinds() {
    ArrayNode kinds = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < 64; i++) {
      kinds.add("resources-%02d.%s.example.org".formatted(i, "x".repeat(200)));
    }
    return kinds;
  }

  @Test
  void whatIsStillTooLargeAtItsDeadlineFailsAndSaysThatItWasRefused() {
    LargeFleet fleet = Shape.BACKUP.over(TOO_MANY, false).reconciled(1);
    fleet.claim().withObject("/spec").put("startDeadline", "10m");

    fleet.reconciled(2);

    assertThat(fleet.observed()).isEmpty();
    assertThat(fleet.claim().path("status").path("phase").asText()).isEqualTo("Failed");
    assertThat(fleet.condition("Succeeded").getMessage())
        .contains("and 1397 more: did not start within 10m: not accepted, TooManyMembers");
  }

  @Test
  void schedulesThatExistGoOnWithTheClaimsEditsWhenTheFleetOutgrowsIt() {
    LargeFleet fleet = Shape.SCHEDULE.over(300, false).reconciled(2);
    Set<String> before = new TreeSet<>(fleet.observed().keySet());
    fleet.claim().withObject("/spec").put("paused", true);

    fleet.growing(TOO_MANY).reconciled(2);

    assertThat(fleet.condition("Accepted").getReason()).isEqualTo("TooManyMembers");
    assertThat(fleet.condition("Accepted").getMessage()).contains("the schedules that exist go on");
    assertThat(fleet.observed().keySet()).isEqualTo(before);
    assertThat(fleet.observed().values())
        .filteredOn(one -> one.path("kind").asText().equals("VeleroSchedule"))
        .hasSize(300)
        .allMatch(one -> one.at("/spec/forProvider/paused").asBoolean());

    assertThat(fleet.growing(301).reconciled(1).observed()).hasSize(602);
    assertThat(fleet.condition("Accepted").getStatus()).isEqualTo(Status.STATUS_CONDITION_TRUE);
  }

  @Test
  void anEditThatMakesItTooLargeChangesNothingOfWhatExists() {
    LargeFleet fleet = Shape.SCHEDULE.over(300, false).reconciled(2);
    SortedMap<String, ObjectNode> before = new TreeMap<>(fleet.observed());
    fleet.claim().withObject("/spec").withArray("policies").addObject().put("name", "default");
    fleet
        .claim()
        .withObject("/spec/policies/0/policy/resourceFilter")
        .set("excludedResources", kinds());

    fleet.reconciled(2);

    assertThat(fleet.condition("Accepted").getReason()).isEqualTo("TooManyMembers");
    assertThat(fleet.observed()).isEqualTo(before);
  }

  @Test
  void anEditToRetainArrivesEverywhereAlsoWhereItMakesTheClaimTooLarge() {
    LargeFleet fleet = Shape.SCHEDULE.over(300, false);
    fleet.claim().withObject("/spec").put("deletionPolicy", "Delete");
    fleet.reconciled(2);
    assertThat(fleet.claim().at("/status/deletionPolicy").asText()).isEqualTo("Delete");
    fleet.claim().withObject("/spec").put("deletionPolicy", "Retain");
    fleet.claim().withObject("/spec").withArray("policies").addObject().put("name", "default");
    fleet
        .claim()
        .withObject("/spec/policies/0/policy/resourceFilter")
        .set("excludedResources", kinds());

    fleet.reconciled(1);

    assertThat(fleet.condition("Accepted").getReason()).isEqualTo("TooManyMembers");
    assertThat(fleet.observed().values())
        .filteredOn(one -> one.path("kind").asText().equals("VeleroSchedule"))
        .hasSize(300)
        .allMatch(one -> one.at("/spec/forProvider/deletionPolicy").asText().equals("Retain"));
    assertThat(fleet.claim().at("/status/deletionPolicy").asText()).isEqualTo("Delete");

    fleet.reconciled(1);

    assertThat(fleet.claim().at("/status/deletionPolicy").asText()).isEqualTo("Retain");
  }
}
