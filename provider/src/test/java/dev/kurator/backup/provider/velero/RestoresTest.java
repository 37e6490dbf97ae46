package dev.kurator.backup.provider.velero;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.ExistingResourcePolicy;
import dev.kurator.backup.apis.claim.ResourceFilter;
import dev.kurator.backup.apis.claim.RestorePolicy;
import dev.kurator.backup.apis.claim.RestoreProgress;
import dev.kurator.backup.apis.claim.RestoreStatusFilter;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroRestoreObservation;
import dev.kurator.backup.apis.managed.VeleroRestoreParameters;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoresTest {

  private static final String NAME = "again-0123abcd";
  private static final String IDENTITY = "11111111-2222-3333-4444-555555555555";
  private static final Map<String, String> LABELS =
      Map.of(Names.CLAIM_NAMESPACE_LABEL, "team-a", Names.CLAIM_NAME_LABEL, "again");

  private static VeleroRestoreParameters parameters(
      @Nullable RestorePolicy policy, @Nullable String hash) {
    return new VeleroRestoreParameters(
        NAME, "install", "nightly", Map.of(), null, policy, LABELS, hash, null, null);
  }

  private static Origin origin(String hub, String member) {
    return new Origin(hub, "team-a", member, Set.of(member));
  }

  private static GenericKubernetesResource restore(VeleroRestoreParameters parameters) {
    return Restores.restore(NAME, "velero", parameters, "nightly", origin("hub", IDENTITY));
  }

  @Test
  void everyFieldOfAPolicyReachesTheRestore() {
    RestorePolicy all =
        new RestorePolicy(
            Serialization.unmarshal(
                "---\n{includedNamespaces: [shop], includedNamespaceScopedResources: [pods],"
                    + " excludedClusterScopedResources: ['*']}",
                ResourceFilter.class),
            Map.of("shop", "shop-copy"),
            new RestoreStatusFilter(List.of("orders.example.org"), List.of()),
            true,
            "2h",
            ExistingResourcePolicy.update);
    RestorePolicy status =
        new RestorePolicy(
            null, Map.of(), new RestoreStatusFilter(List.of(), List.of()), null, null, null);
    Golden.check(
        "restores.yaml",
        List.of(
            restore(parameters(null, "hash")),
            restore(parameters(all, "hash")),
            restore(parameters(status, "hash"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resourceFilter: {includedNamespaces: [velero]}     | includedNamespaces names velero",
        "namespaceMapping: {shop: velero}                   | namespaceMapping names velero",
        "resourceFilter: {includedClusterScopedResources: [nodepools]} | kinds of one scope",
      })
  void whatMustNotBeOrCannotBeCarriedOutIsRefused(String yaml, String reason) {
    RestorePolicy policy = Serialization.unmarshal("---\n" + yaml, RestorePolicy.class);
    assertThat(Restores.refusal(parameters(policy, "hash"), "velero"))
        .hasValueSatisfying(why -> assertThat(why).contains(reason));
    assertThat(Restores.refusal(parameters(null, "hash"), "velero")).isEmpty();
    assertThat(Restores.refusal(parameters(RestorePolicy.UNSET, "hash"), "velero")).isEmpty();
  }

  @Test
  void itsStatusIsReadAndSaysWhatIsRestored() {
    GenericKubernetesResource restore = restore(parameters(null, "hash"));
    restore.setAdditionalProperty(
        "status",
        Map.of(
            "phase",
            "PartiallyFailed",
            "startTimestamp",
            "2026-11-22T12:00:00Z",
            "completionTimestamp",
            "2026-11-22T12:01:00Z",
            "progress",
            Map.of("itemsRestored", 7, "totalItems", 9),
            "errors",
            2,
            "warnings",
            3,
            "failureReason",
            "why",
            "validationErrors",
            List.of("bad")));

    assertThat(
            Restores.observation(
                restore, new BackupChoice.Chosen("nightly", "2026-11-20T00:00:00Z")))
        .isEqualTo(
            new VeleroRestoreObservation(
                "nightly",
                "2026-11-20T00:00:00Z",
                "PartiallyFailed",
                "2026-11-22T12:00:00Z",
                "2026-11-22T12:01:00Z",
                new RestoreProgress(9L, 7L),
                2L,
                3L,
                "why",
                List.of("bad"),
                List.of()));
  }

  @Test
  void onlyTheVeryRestoreIsAdoptable() {
    VeleroRestoreParameters ours = parameters(null, "hash");
    assertThat(match(restore(ours), ours)).isInstanceOf(Existing.Adoptable.class);
    assertThat(match(restore(ours), parameters(null, "other"))).isInstanceOf(Existing.Taken.class);
    assertThat(Restores.matches(restore(ours), ours, origin("other-hub", IDENTITY)))
        .isInstanceOf(Existing.Taken.class);
    assertThat(Restores.matches(restore(ours), ours, origin("hub", "another")))
        .isInstanceOf(Existing.Taken.class);
    GenericKubernetesResource byHand = restore(ours);
    byHand.getMetadata().setLabels(Map.of());
    assertThat(match(byHand, ours)).isInstanceOf(Existing.Taken.class);
    GenericKubernetesResource unlabelled = restore(ours);
    unlabelled.getMetadata().getLabels().remove(Names.CLAIM_NAME_LABEL);
    assertThat(match(unlabelled, ours)).isInstanceOf(Existing.Taken.class);
  }

  private static Existing match(
      GenericKubernetesResource existing, VeleroRestoreParameters parameters) {
    return Restores.matches(existing, parameters, origin("hub", IDENTITY));
  }

  @Test
  void withoutAHashOneIsMadeOfAllThatIsAskedFor() {
    String plain = Restores.policyHash(parameters(null, null));
    assertThat(Restores.policyHash(parameters(RestorePolicy.UNSET, null))).isEqualTo(plain);
    assertThat(
            Restores.policyHash(
                new VeleroRestoreParameters(
                    NAME, "i", "weekly", Map.of(), null, null, LABELS, null, null, null)))
        .isNotEqualTo(plain);
    assertThat(
            Restores.policyHash(
                new VeleroRestoreParameters(
                    NAME, "i", null, Map.of("a", "b"), null, null, LABELS, null, null, null)))
        .isNotEqualTo(plain);
  }

  @Test
  void itsErrorsAndWarningsAreAskedForUnderTheirOwnKind() {
    assertThat(
            Downloads.results("ask", VeleroKind.Restore, NAME, "velero")
                .<Map<String, String>>get("spec", "target"))
        .isEqualTo(Map.of("kind", "RestoreResults", "name", NAME));
  }

  @Test
  void aMarkerSurvivesItsConfigMap() {
    RestoreMarker announced =
        new RestoreMarker(
            NAME,
            new BackupChoice.Chosen("nightly", "2026-11-20T00:00:00Z"),
            "hash",
            "bsl",
            false,
            null);
    VeleroRestoreObservation outcome =
        Restores.observation(restore(parameters(null, "hash")), announced.choice());
    for (RestoreMarker marker :
        List.of(announced, announced.asCreated(), announced.asCreated().ended(outcome))) {
      ConfigMap there = marker.configMap("velero", origin("hub", IDENTITY), LABELS);
      assertThat(RestoreMarker.of(there)).hasValue(marker);
      assertThat(there.getMetadata().getName()).isEqualTo("kurator-restore-" + NAME);
      assertThat(there.getMetadata().getLabels()).containsAllEntriesOf(LABELS);
      assertThat(Owner.of(there, "hub")).isInstanceOf(Owner.Ours.class);
    }
  }

  @Test
  void whatIsNoMarkerIsNotReadAsOne() {
    ConfigMap there = RestoreMarker.like(NAME, "velero");
    assertThat(RestoreMarker.of(there)).isEmpty();
    RestoreMarker marker =
        new RestoreMarker(NAME, new BackupChoice.Chosen("b", null), "h", "l", true, null);
    ConfigMap spoilt =
        new ConfigMapBuilder(marker.configMap("velero", origin("hub", IDENTITY), LABELS))
            .addToData("outcome", "{no json")
            .build();
    assertThat(RestoreMarker.of(spoilt)).isEmpty();
  }
}
