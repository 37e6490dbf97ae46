package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ClusterTest
@Isolated
class KilledProviderIT {

  private static final String NAME = "killed-midway";
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /**
   * Keeps Velero's phase out of the hub's status, however fast the provider is: the API server
   * refuses the write.
   */
  private static final String NO_PHASE =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicy
      metadata:
        name: no-phase
      spec:
        failurePolicy: Fail
        matchConstraints:
          resourceRules:
          - apiGroups: [velero.m.kurator.dev]
            apiVersions: ["*"]
            operations: [UPDATE]
            resources: [velerobackups/status, velerorestores/status]
        validations:
        - expression: >-
            !has(object.status.atProvider) || !has(object.status.atProvider.phase)
            || (has(oldObject.status) && has(oldObject.status.atProvider)
            && has(oldObject.status.atProvider.phase))
          message: held back by a test
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicyBinding
      metadata:
        name: no-phase
      spec:
        policyName: no-phase
        validationActions: [Deny]
      """;

  private static final Set<String> FINAL = Set.of("Completed", "PartiallyFailed", "Failed");

  private final Bed bed = Bed.shared();

  @Test
  void aBackupThatTheKilledProviderNeverReportedIsFoundAgainAndNotTakenTwice() {
    bed.storeCredentials(Example.NAMESPACE);
    Claim claim = bed.hub().claim(Example.NAMESPACE, NAME);
    bed.hub().cluster().apply(NO_PHASE);
    String first;
    try {
      bed.hub()
          .cluster()
          .apply(ClaimYaml.on(bed.store(), Example.NAMESPACE, NAME, bed.only(bed.paris())).text());
      first = awaitOne(Kind.VELERO_IO_BACKUP, NAME);
      bed.hub().killProvider();
      assertThat(bed.hub().list(Kind.VELERO_BACKUP, Example.NAMESPACE))
          .filteredOn(found -> found.getMetadata().getName().contains(NAME))
          .singleElement()
          .satisfies(
              found -> assertThat(State.text(found, "status", "atProvider", "phase")).isEmpty());
    } finally {
      bed.hub()
          .client()
          .load(new ByteArrayInputStream(NO_PHASE.getBytes(StandardCharsets.UTF_8)))
          .delete();
    }

    claim.awaitPhase("Completed", PATIENCE);
    assertThat(bed.paris().backupsOf(NAME))
        .singleElement()
        .satisfies(
            backup -> {
              assertThat(backup.getMetadata().getUid()).isEqualTo(first);
              assertThat(State.phase(backup)).isEqualTo("Completed");
            });
  }

  /** The second time Velero's Restore is gone too: only the marker tells that there was one. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRestoreThatTheKilledProviderNeverReportedIsNotRunAgain(boolean deleted) {
    bed.applyExample().awaitPhase("Completed", PATIENCE);
    String name = NAME + (deleted ? "-gone" : "-there");
    bed.hub().cluster().apply(NO_PHASE);
    String first;
    try {
      bed.hub()
          .cluster()
          .apply(
              ClaimYaml.restore(
                      Example.NAMESPACE,
                      name,
                      """
                      backupName: %s
                      destination: %s
                      policies: [{name: shop, policy: {namespaceMapping: {shop: %s}}}]
                      """
                          .formatted(Example.NAME, bed.only(bed.paris()), name))
                  .text());
      first = awaitOne(Kind.VELERO_IO_RESTORE, name);
      awaitMarked(name);
      bed.hub().killProvider();
      if (deleted) {
        bed.paris()
            .restoresOf(Example.NAMESPACE, name)
            .forEach(restore -> bed.paris().client().resource(restore).delete());
        Await.untilAll("it is gone", PATIENCE, made(Kind.VELERO_IO_RESTORE, name), List::isEmpty);
      }
    } finally {
      bed.hub()
          .client()
          .load(new ByteArrayInputStream(NO_PHASE.getBytes(StandardCharsets.UTF_8)))
          .delete();
    }

    GenericKubernetesResource claim =
        bed.hub()
            .restore(Example.NAMESPACE, name)
            .await("it has ended", PATIENCE, seen -> FINAL.contains(State.phase(seen)));
    List<GenericKubernetesResource> made = bed.paris().restoresOf(Example.NAMESPACE, name);
    if (deleted) {
      assertThat(made).as("no second run").isEmpty();
    } else {
      assertThat(State.phase(claim)).isEqualTo("Completed");
      assertThat(made).extracting(found -> found.getMetadata().getUid()).containsExactly(first);
    }
  }

  /** A provider that is killed before that cannot know that there was one; see run-once.md. */
  private void awaitMarked(String claim) {
    Await.untilAll(
        "the marker says created",
        PATIENCE,
        bed.paris()
            .client()
            .configMaps()
            .inNamespace(Member.VELERO)
            .withLabel("backup.kurator.dev/claim-name", claim),
        markers ->
            markers.stream().anyMatch(marker -> "created".equals(marker.getData().get("state"))));
  }

  private String awaitOne(Kind kind, String claim) {
    return Await.untilAll(
            "Velero's " + kind.title() + " exists",
            PATIENCE,
            made(kind, claim),
            found -> !found.isEmpty())
        .getFirst()
        .getMetadata()
        .getUid();
  }

  private FilterWatchListDeletable<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      made(Kind kind, String claim) {
    return kind.on(bed.paris().client())
        .inNamespace(Member.VELERO)
        .withLabel("backup.kurator.dev/claim-name", claim);
  }
}
