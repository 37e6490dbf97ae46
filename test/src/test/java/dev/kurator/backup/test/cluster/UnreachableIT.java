package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@ClusterTest
@Isolated
class UnreachableIT {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** A minute, by the design, and what function and watches add. */
  private static final Duration SOON = Duration.ofSeconds(75);

  private final Bed bed = Bed.shared();

  @Test
  void oneMemberVanishesTheOtherFinishesAndTheClaimCompletesOnceItIsBack() {
    bed.storeCredentials(Example.NAMESPACE);
    GenericKubernetesResource ended = vanishAndComeBack("one-is-gone");
    // Who comes back does everything at once: not what this is about.
    if (Claim.lostCredentials(ended)) {
      ended = vanishAndComeBack("one-is-gone-again");
    }
    assertThat(State.phase(ended)).as(State.describe(ended)).isEqualTo("Completed");
  }

  /** Returns the claim as it ended. */
  private GenericKubernetesResource vanishAndComeBack(String name) {
    Claim claim = bed.hub().claim(Example.NAMESPACE, name);
    bed.berlin().cluster().pause();
    try {
      Instant applied = Instant.now();
      bed.hub()
          .cluster()
          .apply(ClaimYaml.on(bed.store(), Example.NAMESPACE, name, "{fleet: europe}").text());

      claim.await("the claim says that berlin is unreachable", PATIENCE, UnreachableIT::saysSo);
      assertThat(Duration.between(applied, Instant.now())).isLessThan(SOON);

      GenericKubernetesResource half =
          claim.await(
              "paris is Completed",
              PATIENCE,
              seen -> "Completed".equals(Claim.detail(seen, "paris").get("phase")));
      assertThat(State.phase(half)).isNotIn("Completed", "PartiallyFailed", "Failed");
      assertThat(State.text(half, "status", "summary"))
          .contains("1 of 2 clusters completed", "berlin");
    } finally {
      bed.berlin().cluster().unpause();
    }
    GenericKubernetesResource ended = claim.awaitEnd(PATIENCE);
    assertThat(bed.berlin().backupsOf(name)).hasSize(1);
    return ended;
  }

  private static boolean saysSo(@Nullable GenericKubernetesResource claim) {
    return String.valueOf(Claim.detail(claim, "berlin").get("message"))
        .contains("cluster berlin is unreachable");
  }
}
