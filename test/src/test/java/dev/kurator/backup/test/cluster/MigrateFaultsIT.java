package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Migrations of which not everything is as it should be. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MigrateFaultsIT {

  private static final Duration PATIENCE = Duration.ofMinutes(8);

  private final Bed bed = Bed.shared();
  private final Targets targets = Targets.register(bed, "team-detour");
  private final String claims = targets.claims();

  @Test
  void aDifferentPasswordIsSaidBeforeAnythingStartsAndATargetOutOfReachDoesNotHoldUpTheOther() {
    String nowhere = targets.called("nowhere");
    bed.hub().secret(Hub.CROSSPLANE, nowhere + "-password", "password", Planting.PASSWORD);
    targets.registerNowhere(
        nowhere,
        targets.fleet(),
        """
        velero:
          repositoryPasswordSecretRef: {namespace: crossplane-system, name: %s-password, key: password}
        """
            .formatted(nowhere));
    String copy = targets.called("detour");

    apply("detour", bed.only(bed.berlin()), fleet(targets.fleet()), "3m", copy);
    GenericKubernetesResource held =
        migrate("detour")
            .await(
                "the claim says whose password differs",
                PATIENCE,
                seen -> State.message(seen, "Accepted").contains(nowhere));
    assertThat(State.reason(held, "Accepted")).isEqualTo("PasswordMismatch");
    assertThat(bed.hub().list(Kind.VELERO_BACKUP, claims))
        .noneMatch(one -> one.getMetadata().getName().startsWith("detour"));

    targets.registerNowhere(nowhere, targets.fleet(), "");
    GenericKubernetesResource claim = migrate("detour").awaitPhase("PartiallyFailed", PATIENCE);

    assertThat(Claim.detail(claim, targets.lyon())).containsEntry("phase", "Completed");
    assertThat(Claim.detail(claim, targets.rome())).containsEntry("phase", "Completed");
    assertThat(Claim.detail(claim, nowhere)).containsEntry("phase", "NotStarted");
    assertThat(State.text(claim, "status", "summary"))
        .contains("2 of 3 clusters migrated", nowhere, "unreachable");
    assertThat(bed.paris().checksum(copy)).isEqualTo(bed.berlin().checksum(Example.WORKLOAD));
  }

  @Test
  void aSourceThatFailsEndsItWithoutTouchingATarget() {
    String lost = targets.called("lost");
    targets.registerNowhere(lost, lost, "");
    String copy = targets.called("untouched");

    apply("lost", fleet(lost), bed.only(bed.paris()), "20s", copy);
    migrate("lost").awaitPhase("Failed", PATIENCE);
    // Crossplane writes the conditions after the rest of the status.
    GenericKubernetesResource claim =
        migrate("lost")
            .await("BackedUp is False", PATIENCE, seen -> State.is(seen, "BackedUp", "False"));

    assertThat(Claim.detail(claim, lost)).containsEntry("phase", "NotStarted");
    assertThat(Claim.detail(claim, "paris")).containsEntry("phase", "NotStarted");
    assertThat(State.message(claim, "BackedUp")).contains("unreachable");
    assertThat(State.text(claim, "status", "summary")).contains(lost);
    assertThat(bed.hub().list(Kind.VELERO_RESTORE, claims))
        .noneMatch(one -> one.getMetadata().getName().startsWith("lost"));
    assertThat(bed.paris().client().namespaces().withName(copy).get()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          none    | {fleet: nobody}                                                | {fleet: europe}                                              | NoMembers      | nobody
          several | {fleet: europe}                                                | {fleet: nobody}                                              | SeveralSources | berlin, paris
          itself  | {fleet: europe, clusterSelector: {matchLabels: {env: prod}}} | {fleet: europe}                                              | TargetIsSource | paris
          """)
  void sourcesAndTargetsThatDoNotFitAreRefusedWithTheirNamesAndCanBeEdited(
      String name, String source, String target, String reason, String names) {
    apply(name, source, target, "1h", targets.called(name));
    GenericKubernetesResource claim =
        migrate(name).await("it is refused", PATIENCE, seen -> State.is(seen, "Accepted", "False"));

    assertThat(State.phase(claim)).isEqualTo("Pending");
    assertThat(State.reason(claim, "Accepted")).isEqualTo(reason);
    assertThat(State.message(claim, "Accepted")).contains(names);
    assertThat(bed.hub().list(Kind.VELERO_INSTALL, claims))
        .noneMatch(one -> one.getMetadata().getName().startsWith(name));

    migrate(name)
        .edit(
            """
            {"spec": {"sourceCluster": {"fleet": "europe", "clusterSelector": {"matchLabels": {"env": "staging"}}},
                      "targetCluster": {"fleet": "europe", "clusterSelector": {"matchLabels": {"env": "prod"}}}}}
            """);
    migrate(name).await("it is accepted", PATIENCE, seen -> State.is(seen, "Accepted", "True"));
    migrate(name).delete(bed.hub(), PATIENCE);
    Await.until("it is gone", PATIENCE, migrate(name).resource(), Objects::isNull);
  }

  private static String fleet(String name) {
    return "{fleet: " + name + "}";
  }

  private void apply(String name, String source, String target, String deadline, String copy) {
    bed.hub()
        .cluster()
        .apply(
            ClaimYaml.migrate(
                    bed.store(),
                    claims,
                    name,
                    source,
                    target,
                    """
                    startDeadline: %s
                    policy:
                      resourceFilter: {includedNamespaces: [%s]}
                      namespaceMapping: {%s: %s}
                    """
                        .formatted(deadline, Example.WORKLOAD, Example.WORKLOAD, copy))
                .text());
  }

  private Claim migrate(String name) {
    return bed.hub().migrate(claims, name);
  }
}
