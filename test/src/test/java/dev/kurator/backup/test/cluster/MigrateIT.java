package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** One application goes from one cluster to two others, as the examples say. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MigrateIT {

  private static final String WHOLE = "to-asia";
  private static final String PART = "trial";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Bed bed = Bed.shared();
  private final Targets targets = Targets.register(bed, "team-move");
  private final String claims = targets.claims();
  private final String booth = targets.called("booth");
  private final Booth source = new Booth(bed.berlin(), booth);
  private Map<String, String> files = Map.of();

  @BeforeAll
  void deploy() {
    source.deploy();
    files = source.files();
  }

  @Test
  @Order(1)
  void anApplicationGoesToTwoOthersAsItIs() {
    for (Member member : targets.members().values()) {
      new Booth(member, booth).reserve();
    }

    apply("migrate");
    GenericKubernetesResource claim = migrate(WHOLE).awaitPhase("Completed", PATIENCE);

    for (String condition : List.of("Accepted", "Installed", "BackedUp", "Succeeded")) {
      assertThat(State.is(claim, condition, "True")).as(condition).isTrue();
    }
    assertThat(Claim.detail(claim, "berlin")).containsEntry("phase", "Completed");
    assertThat(State.entries(claim, "targetClusterStatus"))
        .extracting(entry -> entry.get("clusterName"))
        .containsExactly(targets.lyon(), targets.rome());
    assertThat(State.text(claim, "status", "summary")).contains("2 of 2 clusters migrated");
    for (Member member : targets.members().values()) {
      Booth moved = new Booth(member, booth);
      assertThat(moved.files()).as(member.name()).isEqualTo(files);
      assertThat(moved.configMap("prices")).isEqualTo(Map.of("bread", "3"));
      assertThat(moved.configMap("notes")).isEqualTo(Map.of("owner", "nobody"));
      assertThat(moved.secret()).isEqualTo(source.secret()).isNotEmpty();
      assertThat(moved.nodePort()).isEqualTo(source.nodePort());
      assertThat(moved.tariff().get().<Object>get("spec")).isEqualTo(Map.of("discount", 10));
      assertThat(moved.tariff().get().<Object>get("status")).isEqualTo(Map.of("sold", 42));
    }
    assertThat(source.files()).as("the source keeps what it has").isEqualTo(files);
  }

  @Test
  @Order(2)
  void targetsReadTheSourcesFolderWithoutWritingBackupsAndHaveOneVelero() {
    SortedMap<String, String> before = data();
    for (Member member : targets.members().values()) {
      assertThat(member.location(claims + "/berlin"))
          .hasValueSatisfying(
              location ->
                  assertThat(location.<String>get("spec", "accessMode")).isEqualTo("ReadOnly"));
      assertThat(member.client().apps().deployments().inNamespace(Member.VELERO).list().getItems())
          .hasSize(1);
    }
    assertThat(bed.store().objects(Example.BUCKET, claims).keySet())
        .as("folders of the bucket")
        .allMatch(key -> key.startsWith(claims + "/berlin/"));
    assertThat(data()).isEqualTo(before);
  }

  @Test
  @Order(3)
  void onlyWhatIsLabelledGoesIntoAnotherNamespace() {
    String copy = booth + "-trial";
    for (Member member : targets.members().values()) {
      new Booth(member, copy).reserve();
    }

    apply("migrate-into-namespace");
    migrate(PART).awaitPhase("Completed", PATIENCE);

    for (Member member : targets.members().values()) {
      Booth moved = new Booth(member, copy);
      assertThat(moved.files()).as(member.name()).isEqualTo(files);
      assertThat(moved.configMap("prices")).isEqualTo(Map.of("bread", "3"));
      assertThat(moved.configMap("notes")).as("without the label").isEmpty();
      assertThat(moved.secret()).isEqualTo(source.secret());
      assertThat(moved.nodePort()).as("not preserved").isNotEqualTo(source.nodePort());
      assertThat(moved.tariff().get().<Object>get("status")).as("not asked for").isNull();
    }
  }

  @Test
  @Order(4)
  void onARebuiltHubItReportsTheOldOutcomeAndNothingRunsAgain() {
    GenericKubernetesResource before = migrate(WHOLE).resource().get();
    SortedSet<String> made = made();

    migrate(WHOLE).lose(bed.hub(), PATIENCE);
    apply("migrate");
    GenericKubernetesResource after = migrate(WHOLE).awaitPhase("Completed", PATIENCE);

    assertThat(State.entries(after, "targetClusterStatus"))
        .usingRecursiveComparison()
        .ignoringFields("message", "reasons")
        .isEqualTo(State.entries(before, "targetClusterStatus"));
    assertThat(Claim.detail(after, "berlin"))
        .containsEntry("startTimestamp", Claim.detail(before, "berlin").get("startTimestamp"));
    assertThat(made()).isEqualTo(made);
  }

  @Test
  @Order(5)
  void deletingTheClaimsLeavesTheTargetsAsTheyAreAndTheBucketAsEachSays() {
    SortedMap<String, String> whole = data();
    whole.keySet().removeIf(key -> !key.contains("/backups/" + claims + "-" + WHOLE));
    assertThat(whole).isNotEmpty();

    migrate(PART).delete(bed.hub(), PATIENCE);
    migrate(WHOLE).delete(bed.hub(), PATIENCE);

    assertThat(data()).containsAllEntriesOf(whole);
    assertThat(data().keySet())
        .as("deletionPolicy: Delete")
        .noneMatch(key -> key.contains("/backups/" + claims + "-" + PART));
    for (Member member : targets.members().values()) {
      assertThat(new Booth(member, booth).files()).isEqualTo(files);
      assertThat(new Booth(member, booth + "-trial").files()).isEqualTo(files);
      assertThat(member.location(claims + "/berlin")).isEmpty();
    }
  }

  private void apply(String example) {
    bed.hub()
        .cluster()
        .apply(
            bed.example()
                .claim(example, claims, booth, bed.store())
                .replace("fleet: asia", "fleet: " + targets.fleet()));
  }

  private Claim migrate(String name) {
    return bed.hub().migrate(claims, name);
  }

  /** UIDs of Velero's objects that were made for the whole migration. */
  private SortedSet<String> made() {
    SortedSet<String> uids = new TreeSet<>();
    bed.berlin().backupsOf(claims, WHOLE).forEach(one -> uids.add(one.getMetadata().getUid()));
    for (Member member : targets.members().values()) {
      member.restoresOf(claims, WHOLE).forEach(one -> uids.add(one.getMetadata().getUid()));
    }
    assertThat(uids).hasSize(3);
    return uids;
  }

  /** What is in the source's folder but for logs of restores and kopia's own bookkeeping. */
  private SortedMap<String, String> data() {
    SortedMap<String, String> found =
        new TreeMap<>(bed.store().objects(Example.BUCKET, claims + "/berlin"));
    found.keySet().removeIf(key -> key.contains("/restores/") || key.contains("/kopia/"));
    return found;
  }
}
