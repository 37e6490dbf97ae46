package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Function and provider are killed at every stage of a migration. */
@ClusterTest
@Isolated
class MigrateKillsIT {

  private static final String NAME = "killed-moving";
  private static final Set<String> FINAL = Set.of("Completed", "PartiallyFailed", "Failed");
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Bed bed = Bed.shared();
  private final String namespace = bed.namespace("team-killed");
  private final String copy = namespace.replace("team", "slow");

  @Test
  void killedAtEveryStageItStillRunsOnce() {
    bed.berlin().deploySlowWorkload();
    try {
      apply();
      killAt("Preparing");
      killAt("BackingUp");
      killAt("Restoring");
      GenericKubernetesResource claim =
          bed.hub().migrate(namespace, NAME).awaitPhase("Completed", PATIENCE);

      assertThat(bed.berlin().backupsOf(namespace, NAME)).hasSize(1);
      assertThat(bed.paris().restoresOf(namespace, NAME)).hasSize(1);
      assertThat(Claim.detail(claim, "paris"))
          .containsEntry(
              "backupName",
              bed.berlin().backupsOf(namespace, NAME).getFirst().getMetadata().getName());
      assertThat(bed.paris().client().pods().inNamespace(copy).list().getItems()).isNotEmpty();
    } finally {
      bed.berlin().client().namespaces().withName(Member.SLOW).delete();
      bed.paris().client().namespaces().withName(copy).delete();
    }
  }

  private void killAt(String phase) {
    GenericKubernetesResource claim =
        bed.hub()
            .migrate(namespace, NAME)
            .await(
                "it is " + phase,
                PATIENCE,
                seen -> State.phase(seen).equals(phase) || FINAL.contains(State.phase(seen)));
    assertThat(State.phase(claim)).as("%s", State.describe(claim)).isEqualTo(phase);
    bed.hub().killProvider();
    bed.hub().killFunction();
  }

  private void apply() {
    bed.hub()
        .cluster()
        .apply(
            ClaimYaml.migrate(
                    bed.store(),
                    namespace,
                    NAME,
                    bed.only(bed.berlin()),
                    bed.only(bed.paris()),
                    """
                    policy:
                      resourceFilter: {includedNamespaces: [%s]}
                      namespaceMapping: {%s: %s}
                    """
                        .formatted(Member.SLOW, Member.SLOW, copy))
                .text());
  }
}
