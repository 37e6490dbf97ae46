package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.syntax.GoDuration;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every filter, each as one policy of a few claims, against the {@link VariedSet}. */
@Order(5)
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilterIT {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int MOST_POLICIES = 16;
  private static final String ORDERED =
      """
      - name: ordered
        policy:
          ttl: 48h
          itemOperationTimeout: 90m
          defaultVolumesToFsBackup: false
          resourceFilter:
            includedNamespaces: [varied-till]
            includedResources: [configmaps, persistentvolumes]
            includeClusterResources: true
          orderedResources:
            configmaps: varied-till/tariff,varied-till/fees
            persistentvolumes: varied-spare,varied-disk
      """;

  private final Bed bed = Bed.shared();
  private final Map<String, GenericKubernetesResource> backups = new HashMap<>();
  private String namespace = "";

  /** Those of the whole cluster may fail in part over what other tests have there meanwhile. */
  @BeforeAll
  void takeAllBackups() {
    VariedSet.apply(bed.paris());
    namespace = bed.namespace("team-filter");
    Map<String, String> policies = new LinkedHashMap<>();
    FilterCase.all().forEach(row -> policies.put(row.name(), policy(row)));
    policies.put("ordered", ORDERED);
    List<String> all = List.copyOf(policies.values());
    for (int i = 0; i < all.size(); i += MOST_POLICIES) {
      apply(
          "filters-" + i / MOST_POLICIES, all.subList(i, Math.min(i + MOST_POLICIES, all.size())));
    }
    drain(Names.CLAIM_NAMESPACE_LABEL, namespace, all.size());
    policies.keySet().removeIf(name -> !Claim.lostCredentials(backup(name)));
    if (!policies.isEmpty()) {
      apply("again", List.copyOf(policies.values()));
      drain(Claim.LABEL, "again", policies.size());
    }
  }

  private void drain(String label, String value, int count) {
    for (GenericKubernetesResource backup :
        FilterQueue.drain(bed.paris(), label, value, count, PATIENCE)) {
      backups.put(backup.getMetadata().getLabels().get(Names.POLICY_LABEL), backup);
    }
  }

  static List<FilterCase> rows() {
    return FilterCase.all();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyFilterTakesWhatItSays(FilterCase row) {
    assertThat(new TreeSet<>(VariedSet.inOrder(FilterContents.files(bed, backup(row.name())))))
        .as(row.yaml())
        .isEqualTo(row.taken());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyFilterArrivesInVelerosSpec(FilterCase row) {
    GenericKubernetesResource backup = backup(row.name());

    row.filter()
        .forEach(
            (field, value) -> {
              if (value instanceof List<?> items && field.startsWith("excluded")) {
                // Velero adds to these
                assertThat(list(backup, field)).as(field).containsAll(items);
              } else {
                Object sent = backup.get("spec", field);
                assertThat(sent).as(field).isEqualTo(value);
              }
            });
    assertThat(list(backup, "excludedNamespaces"))
        .as("the engine's namespace is always left out")
        .contains(Member.VELERO);
  }

  private static List<Object> list(GenericKubernetesResource backup, String field) {
    List<Object> items = backup.get("spec", field);
    return items == null ? List.of() : items;
  }

  @Test
  void objectsAreTakenInTheirOrder() {
    GenericKubernetesResource backup = backup("ordered");

    assertThat(VariedSet.inOrder(FilterContents.files(bed, backup)))
        .containsExactlyInAnyOrder("tariff", "fees", "varied-spare", "varied-disk")
        .containsSubsequence("tariff", "fees")
        .containsSubsequence("varied-spare", "varied-disk");
  }

  @Test
  void timesAndOrderArriveInVelerosSpec() {
    Map<String, Object> spec = backup("ordered").get("spec");

    assertThat(GoDuration.parse(String.valueOf(spec.get("ttl")))).contains(Duration.ofDays(2));
    assertThat(GoDuration.parse(String.valueOf(spec.get("itemOperationTimeout"))))
        .contains(Duration.ofMinutes(90));
    assertThat(spec.get("orderedResources"))
        .isEqualTo(
            Map.of(
                "configmaps", "varied-till/tariff,varied-till/fees",
                "persistentvolumes", "varied-spare,varied-disk"));
  }

  @Test
  void aPolicyThatNamesTheEnginesNamespaceIsToldSo() {
    apply(
        "engine",
        List.of(policy(new FilterCase("x", "includedNamespaces: [velero]", new TreeSet<>()))));

    bed.hub()
        .claim(namespace, "engine")
        .await(
            "the claim says whose namespace that is",
            PATIENCE,
            claim ->
                String.valueOf(Claim.detail(claim, "paris").get("message"))
                    .contains("velero, the engine's own namespace"));
  }

  private GenericKubernetesResource backup(String policy) {
    return Objects.requireNonNull(backups.get(policy), policy);
  }

  private void apply(String claim, List<String> policies) {
    bed.hub()
        .cluster()
        .apply(
            new ClaimYaml(
                    namespace,
                    claim,
                    ClaimYaml.on(bed.store(), namespace, claim, bed.only(bed.paris()))
                            .spec()
                            .replaceFirst("(?s)policies:.*", "policies:\n")
                        + String.join("", policies))
                .text());
  }

  private static String policy(FilterCase row) {
    return """
    - name: %s
      policy: {defaultVolumesToFsBackup: false, resourceFilter: {%s}}
    """
        .formatted(row.name(), row.yaml());
  }
}
