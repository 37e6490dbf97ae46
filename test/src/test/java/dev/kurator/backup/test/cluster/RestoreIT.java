package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Restores as examples/ has them: everything, a part, into another namespace; and only once. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RestoreIT {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String ALL = "after-upgrade";

  private final Bed bed = Bed.shared();
  private final List<Member> members = List.of(bed.paris(), bed.berlin());
  private final Map<String, Map<String, String>> files = new HashMap<>();
  private String namespace = "";
  private String shop = "";

  @BeforeAll
  void backUp() {
    namespace = bed.namespace("team-restore");
    shop = namespace.replace("team-restore", "restored");
    for (Member member : members) {
      shop(member).deploy();
      files.put(member.name(), shop(member).files());
    }
    apply("backup");
    bed.hub().claim(namespace, Example.NAME).awaitPhase("Completed", PATIENCE);
  }

  @Test
  @Order(1)
  void aDeletedNamespaceComesBackOnEveryMemberWithTheBytesOfItsVolumes() {
    for (Member member : members) {
      shop(member).lose();
      shop(member).reserve(shop + "-new");
    }

    apply("restore");
    GenericKubernetesResource claim = restore(ALL).awaitPhase("Completed", PATIENCE);

    assertThat(State.is(claim, "Accepted", "True")).as("Accepted").isTrue();
    assertThat(State.is(claim, "Installed", "True")).as("Installed").isTrue();
    assertThat(State.is(claim, "Succeeded", "True")).as("Succeeded").isTrue();
    for (Member member : members) {
      assertThat(shop(member).files()).as(member.name()).isEqualTo(files.get(member.name()));
      assertThat(shop(member).price("till")).isEqualTo("3");
      assertThat(Claim.detail(claim, member.name()))
          .containsEntry("phase", "Completed")
          .containsEntry("backupName", backup(member))
          .containsKeys("restoreName", "backupTimestamp", "startTimestamp", "completionTimestamp");
    }
  }

  @Test
  @Order(2)
  void aFinishedRestoreIsNotRunAgainWhenVelerosObjectAndThenTheHubAreLost() {
    GenericKubernetesResource before =
        restore(ALL).await("all that was left out is explained", PATIENCE, RestoreIT::explained);
    shop(bed.paris()).forget("till");
    made(ALL).forEach(object -> bed.paris().client().resource(object).delete());
    awaitMade(ALL, 0);

    restore(ALL).lose(bed.hub(), PATIENCE);
    apply("restore");
    GenericKubernetesResource after = restore(ALL).awaitPhase("Completed", PATIENCE);

    assertThat(State.entries(after, "restoreDetails"))
        .usingRecursiveComparison()
        .ignoringFields("message")
        .isEqualTo(State.entries(before, "restoreDetails"));
    assertThat(String.valueOf(Claim.detail(after, "paris").get("message"))).contains("Restore");
    assertThat(made(ALL)).isEmpty();
    assertThat(shop(bed.paris()).price("till")).as("what a second run would restore").isNull();
  }

  @Test
  @Order(3)
  void deletingTheClaimTouchesNothingThatWasRestoredAndApplyingItAnewRunsAgain() {
    restore(ALL).delete(bed.hub(), PATIENCE);

    for (Member member : members) {
      assertThat(
              member
                  .client()
                  .configMaps()
                  .inNamespace(Member.VELERO)
                  .withLabel(Claim.LABEL, ALL)
                  .withLabel("backup.kurator.dev/claim-namespace", namespace)
                  .list()
                  .getItems())
          .as("markers on " + member.name())
          .isEmpty();
      assertThat(shop(member).files()).isEqualTo(files.get(member.name()));
    }
    apply("restore");
    restore(ALL).awaitPhase("Completed", PATIENCE);
    assertThat(shop(bed.paris()).price("till")).isEqualTo("3");
    assertThat(made(ALL)).hasSize(1);
  }

  @Test
  @Order(4)
  void aPartIsPutBackToWhatItWasAndTheRestIsLeftAlone() {
    shop(bed.paris()).price("till", "9");
    shop(bed.paris()).price("shelf", "9");
    shop(bed.berlin()).price("till", "9");

    apply("restore-partial");
    GenericKubernetesResource claim = restore("till-only").awaitPhase("Completed", PATIENCE);

    assertThat(State.entries(claim, "restoreDetails")).hasSize(1);
    assertThat(shop(bed.paris()).price("till")).isEqualTo("3");
    assertThat(shop(bed.paris()).price("shelf")).isEqualTo("9");
    assertThat(shop(bed.berlin()).price("till")).as("a member not selected").isEqualTo("9");
  }

  @Test
  @Order(5)
  void anotherNamespaceGetsACopyAndTheFirstIsLeftAlone() {
    for (Member member : members) {
      new Shop(member, shop + "-copy").reserve(shop + "-copy");
    }

    apply("restore-into-namespace");
    restore("copy").awaitPhase("Completed", PATIENCE);

    for (Member member : members) {
      assertThat(new Shop(member, shop + "-copy").files()).isEqualTo(files.get(member.name()));
      assertThat(new Shop(member, shop + "-copy").price("shelf")).isEqualTo("3");
    }
    assertThat(shop(bed.paris()).price("shelf")).isEqualTo("9");
  }

  private static boolean explained(@Nullable GenericKubernetesResource claim) {
    return State.entries(claim, "restoreDetails").stream()
        .allMatch(entry -> entry.get("warnings") == null || entry.containsKey("reasons"));
  }

  private void apply(String example) {
    bed.hub().cluster().apply(bed.example().claim(example, namespace, shop, bed.store()));
  }

  private Claim restore(String name) {
    return bed.hub().restore(namespace, name);
  }

  private Shop shop(Member member) {
    return new Shop(member, shop);
  }

  private String backup(Member member) {
    return member.backupsOf(namespace, Example.NAME).getFirst().getMetadata().getName();
  }

  /** Velero's Restores on paris that were made for a claim. */
  private List<GenericKubernetesResource> made(String claim) {
    return bed.paris().restoresOf(namespace, claim);
  }

  private void awaitMade(String claim, int count) {
    Await.untilAll(
        count + " Restores are on paris",
        PATIENCE,
        Kind.VELERO_IO_RESTORE
            .on(bed.paris().client())
            .inNamespace(Member.VELERO)
            .withLabel(Claim.LABEL, claim)
            .withLabel("backup.kurator.dev/claim-namespace", namespace),
        found -> found.size() == count);
  }
}
