package dev.kurator.backup.provider.velero;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.BackupPolicy;
import dev.kurator.backup.apis.claim.LabelRequirement;
import dev.kurator.backup.apis.claim.LabelSelector;
import dev.kurator.backup.apis.claim.Progress;
import dev.kurator.backup.apis.claim.ResourceFilter;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.apis.managed.VeleroBackupParameters;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupsTest {

  private static final String IDENTITY = "11111111-2222-3333-4444-555555555555";
  private static final Origin ORIGIN = new Origin("hub", "team-a", IDENTITY, Set.of(IDENTITY));

  private static final ResourceFilter OLD_FILTERS =
      new ResourceFilter(
          List.of("shop", "shop-*"),
          List.of("shop-tmp"),
          List.of("deployments.apps"),
          List.of("events"),
          false,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          new LabelSelector(
              Map.of("app", "shop"),
              List.of(
                  new LabelRequirement("tier", LabelRequirement.Operator.In, List.of("a", "b")),
                  new LabelRequirement("tmp", LabelRequirement.Operator.DoesNotExist, List.of()))),
          List.of());

  private static final ResourceFilter SCOPED_FILTERS =
      new ResourceFilter(
          List.of(),
          List.of("velero"),
          List.of(),
          List.of(),
          null,
          List.of("storageclasses.storage.k8s.io"),
          List.of("nodes"),
          List.of("pods"),
          List.of("events"),
          null,
          List.of(
              new LabelSelector(Map.of("a", "1"), List.of()),
              new LabelSelector(Map.of("b", "2"), List.of())));

  @Test
  void everyFieldOfAPolicyReachesTheBackup() {
    Golden.check(
        "backups.yaml",
        List.of(
            backup(null),
            backup(
                new BackupPolicy(
                    OLD_FILTERS, "24h", Map.of("pods", "shop/db-0,shop/db-1"), "2h", false)),
            backup(new BackupPolicy(SCOPED_FILTERS, null, Map.of(), null, null))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                | true",
        "includedNamespaces: ['*']                         | true",
        "excludedNamespaces: [velero]                      | true",
        "labelSelector: {matchLabels: {a: b}}              | true",
        "includedResources: [clusterroles]                 | true",
        "includeClusterResources: false                    | false",
        "includedNamespaces: [shop]                        |",
        "excludedNamespaces: [shop]                        |",
        "excludedNamespaceScopedResources: [pods]          |",
        "includedClusterScopedResources: [nodes]           |",
      })
  void clusterScopedObjectsAreTakenWhereTheUserLeavesOutNoNamespace(
      String yaml, @Nullable Boolean included) {
    ResourceFilter filter = Serialization.unmarshal(yaml, ResourceFilter.class);
    Boolean sent =
        backup(new BackupPolicy(filter, null, Map.of(), null, null))
            .get("spec", "includeClusterResources");

    assertThat(sent).isEqualTo(included);
  }

  @Test
  void theEngineNamespaceIsAlwaysLeftOut() {
    assertThat(
            Fields.of(backup(new BackupPolicy(OLD_FILTERS, null, Map.of(), null, null)))
                .in("spec")
                .list("excludedNamespaces"))
        .containsExactly("shop-tmp", "velero");
  }

  @Test
  void aPolicyThatNamesTheEnginesNamespaceIsRefusedAndAGlobIsNot() {
    assertThat(refusal("includedNamespaces: [shop, velero]"))
        .hasValueSatisfying(why -> assertThat(why).contains("velero, the engine's own namespace"));
    assertThat(refusal("includedNamespaces: [vel*]")).isEmpty();
    assertThat(refusal("excludedNamespaces: [velero]")).isEmpty();
    assertThat(Backups.refusal(parameters(null, "hash"), "velero")).isEmpty();
  }

  private static Optional<String> refusal(String yaml) {
    ResourceFilter filter = Serialization.unmarshal(yaml, ResourceFilter.class);
    return Backups.refusal(
        parameters(new BackupPolicy(filter, null, Map.of(), null, null), "hash"), "velero");
  }

  @ParameterizedTest
  @CsvSource({
    "daily-0123abcd, 0, daily-0123abcd",
    "daily-0123abcd, 1, daily-0123abcd-2",
    "daily-0123abcd, 9, daily-0123abcd-10",
  })
  void anAttemptPutsItsNumberBehindTheName(String wanted, int attempt, String expected) {
    assertThat(Backups.name(wanted, attempt)).isEqualTo(expected);
  }

  @Test
  void aLongNameIsCutBeforeItsHash() {
    String longest = "x".repeat(54) + "-0123abcd";
    assertThat(Backups.name(longest, 1)).isEqualTo("x".repeat(52) + "-0123abcd-2").hasSize(63);
    assertThat(Backups.name(longest, 120)).hasSize(63).endsWith("-0123abcd-121");
    assertThat(Backups.name("y".repeat(63), 1)).isEqualTo("y".repeat(61) + "-2");
  }

  @Test
  void aHashIsMadeOfThePolicyWhereTheSpecGivesNone() {
    BackupPolicy daily = new BackupPolicy(null, "24h", Map.of(), null, null);
    BackupPolicy weekly = new BackupPolicy(null, "168h", Map.of(), null, null);
    assertThat(Backups.policyHash(parameters(daily, "given"))).isEqualTo("given");
    assertThat(Backups.policyHash(parameters(daily, null)))
        .matches("[0-9a-f]{16}")
        .isEqualTo(Backups.policyHash(parameters(daily, null)))
        .isNotEqualTo(Backups.policyHash(parameters(weekly, null)));
  }

  @Test
  void anObservationHoldsAllThatVeleroSays() {
    GenericKubernetesResource backup =
        Serialization.unmarshal(
            """
            apiVersion: velero.io/v1
            kind: Backup
            metadata: {name: b}
            status:
              phase: PartiallyFailed
              startTimestamp: "2026-01-01T00:00:00Z"
              completionTimestamp: "2026-01-01T00:01:00Z"
              expiration: "2026-01-31T00:00:00Z"
              progress: {totalItems: 12, itemsBackedUp: 11}
              errors: 1
              warnings: 2
              failureReason: because
              validationErrors: [one, two]
              version: 1
            """,
            GenericKubernetesResource.class);
    assertThat(Backups.observation(backup))
        .isEqualTo(
            new VeleroBackupObservation(
                "PartiallyFailed",
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:01:00Z",
                "2026-01-31T00:00:00Z",
                new Progress(12L, 11L),
                1L,
                2L,
                "because",
                List.of("one", "two"),
                List.of()));
  }

  @Test
  void aFreshBackupHasAnEmptyObservation() {
    assertThat(Backups.observation(backup(null))).isEqualTo(VeleroBackupObservation.inPhase(null));
  }

  @Test
  void aDeletionRequestIsNamedAfterTheObjectItDeletes() {
    Golden.check(
        "delete-request.yaml",
        List.of(Backups.deleteRequest("daily-0123abcd", IDENTITY, "velero")));
  }

  @Test
  void ourOwnBackupIsAdopted() {
    assertThat(matches(backup(null))).isEqualTo(new Existing.Adoptable());
  }

  @Test
  void aReleasedBackupIsPassedBy() {
    GenericKubernetesResource released = backup(null);
    released.getMetadata().getLabels().put(Names.RELEASED_LABEL, "true");
    assertThat(matches(released)).isEqualTo(new Existing.Released());
  }

  @Test
  void anythingElseOfOurNameTakesIt() {
    GenericKubernetesResource foreign = backup(null);
    foreign.getMetadata().setLabels(null);
    GenericKubernetesResource moved = backup(null);
    moved.getMetadata().getLabels().put(Names.MEMBER_LABEL, "another");
    GenericKubernetesResource elsewhere = backup(null);
    elsewhere.setAdditionalProperty("spec", Map.of("storageLocation", "default"));
    GenericKubernetesResource different =
        Backups.backup("b", "velero", parameters(null, "other-hash"), "kb-1", ORIGIN);
    GenericKubernetesResource migrates = backup(null);
    migrates.getMetadata().getLabels().put(Names.CLAIM_KIND_LABEL, "Migrate");
    assertThat(
            List.of(foreign, moved, elsewhere, different, migrates).stream()
                .map(BackupsTest::matches)
                .map(found -> found instanceof Existing.Taken(String why) ? why : found.toString()))
        .containsExactly(
            "it was not made by this provider",
            "it was made by a different cluster (identity another); set spec.replaces of the"
                + " provider config if this cluster takes its place",
            "it is in another storage location (default)",
            "it was taken with another policy",
            "it was taken for a Migrate");
  }

  @Test
  void theBackupsOfAReplacedClusterAreAdopted() {
    assertThat(
            Backups.matches(
                backup(null),
                parameters(null, "hash"),
                "kb-1",
                new Origin("hub", "team-a", "new", Set.of("new", IDENTITY))))
        .isEqualTo(new Existing.Adoptable());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "none, Waiting",
        "'', Waiting",
        "New, Waiting",
        "Queued, Waiting",
        "ReadyToStart, Waiting",
        "InProgress, Running",
        "WaitingForPluginOperations, Running",
        "WaitingForPluginOperationsPartiallyFailed, Running",
        "Finalizing, Running",
        "FinalizingPartiallyFailed, Running",
        "SomethingNew, Running",
        "Completed, Completed",
        "PartiallyFailed, PartiallyFailed",
        "Failed, Failed",
        "FailedValidation, Failed",
        "Deleting, Deleting",
      })
  void everyPhaseOfVeleroMeansSomething(@Nullable String phase, VeleroPhase expected) {
    assertThat(VeleroPhase.of(phase)).isEqualTo(expected);
  }

  @Test
  void exactlyThreePhasesAreTerminal() {
    assertThat(
            List.of(VeleroPhase.values()).stream()
                .filter(VeleroPhase::terminal)
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            VeleroPhase.Completed, VeleroPhase.PartiallyFailed, VeleroPhase.Failed);
  }

  private static Existing matches(GenericKubernetesResource existing) {
    return Backups.matches(existing, parameters(null, "hash"), "kb-1", ORIGIN);
  }

  private static GenericKubernetesResource backup(@Nullable BackupPolicy policy) {
    return Backups.backup("daily-0123abcd", "velero", parameters(policy, "hash"), "kb-1", ORIGIN);
  }

  private static VeleroBackupParameters parameters(
      @Nullable BackupPolicy policy, @Nullable String hash) {
    return new VeleroBackupParameters(
        "daily-0123abcd",
        "install",
        policy,
        Map.of(Names.CLAIM_KIND_LABEL, "Backup", Names.CLAIM_NAME_LABEL, "daily"),
        hash,
        null,
        null,
        null);
  }
}
