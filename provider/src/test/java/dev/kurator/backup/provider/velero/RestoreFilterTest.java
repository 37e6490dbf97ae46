package dev.kurator.backup.provider.velero;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.ResourceFilter;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of docs/restore-filters.md, and that no translation takes more or less than asked. */
class RestoreFilterTest {

  private static final List<String> NAMESPACED = List.of("pods", "secrets");
  private static final List<String> CLUSTER = List.of("nodepools", "storageclasses");

  /** How a kind's objects fare. */
  private enum Fate {
    TAKEN,
    LEFT,
    /** Cluster-scoped objects that taken objects name, the volume of a claim. */
    IF_NEEDED
  }

  private static ResourceFilter filter(String yaml) {
    return Serialization.unmarshal("---\n" + yaml, ResourceFilter.class);
  }

  private static Map<String, Object> fields(String yaml) {
    return RestoreFilter.fields(filter(yaml), "velero");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{}                                                  | {includeClusterResources: true}",
        "{includedNamespaces: [shop]}                        | {includedNamespaces: [shop]}",
        "{includedNamespaces: ['*']}"
            + " | {includedNamespaces: ['*'], includeClusterResources: true}",
        "{excludedNamespaces: [velero]}                      | {includeClusterResources: true}",
        "{includeClusterResources: false}                    | {includeClusterResources: false}",
        "{includedResources: [pods], excludedResources: [secrets]}"
            + " | {includedResources: [pods], excludedResources: [secrets],"
            + " includeClusterResources: true}",
        // one scope's kinds left out
        "{excludedNamespaceScopedResources: [pods]}          | {excludedResources: [pods]}",
        "{excludedClusterScopedResources: [nodepools]}       | {excludedResources: [nodepools]}",
        "{excludedNamespaceScopedResources: [pods], excludedClusterScopedResources: [nodepools]}"
            + " | {excludedResources: [pods, nodepools]}",
        // all or none of the cluster-scoped
        "{includedClusterScopedResources: ['*']}             | {includeClusterResources: true}",
        "{includedClusterScopedResources: ['*'], excludedClusterScopedResources: [nodepools]}"
            + " | {excludedResources: [nodepools], includeClusterResources: true}",
        "{excludedClusterScopedResources: ['*']}             | {includeClusterResources: false}",
        "{includedNamespaceScopedResources: ['*'], excludedClusterScopedResources: ['*']}"
            + " | {includeClusterResources: false}",
        // named kinds
        "{includedNamespaceScopedResources: [pods], excludedClusterScopedResources: ['*']}"
            + " | {includedResources: [pods], includeClusterResources: false}",
        "{includedNamespaceScopedResources: [pods], includedClusterScopedResources: [nodepools]}"
            + " | {includedResources: [pods, nodepools], includeClusterResources: true}",
        "{excludedNamespaceScopedResources: ['*'], includedClusterScopedResources: [nodepools]}"
            + " | {includedResources: [nodepools], includeClusterResources: true}",
        // left out of the scope that it is not of
        "{includedNamespaceScopedResources: [pods], includedClusterScopedResources: [nodepools],"
            + " excludedClusterScopedResources: [pods]}"
            + " | {includedResources: [pods, nodepools], includeClusterResources: true}",
      })
  void aFilterBecomesWhatVelerosRestoreCanSay(String yaml, String expected) {
    Map<String, Object> sent = fields(yaml);

    assertThat(RestoreFilter.refusal(filter(yaml))).isEmpty();
    assertThat(sent.remove("excludedNamespaces")).isEqualTo(List.of("velero"));
    assertThat(sent).isEqualTo(Serialization.unmarshal("---\n" + expected, Map.class));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{includedNamespaceScopedResources: [pods]}",
        "{includedNamespaceScopedResources: [pods], excludedClusterScopedResources: [nodepools]}",
        "{includedNamespaceScopedResources: [pods], includedClusterScopedResources: ['*']}",
        "{includedClusterScopedResources: [nodepools]}",
        "{includedClusterScopedResources: [nodepools], excludedNamespaceScopedResources: [pods]}",
        "{includedClusterScopedResources: [nodepools], includedNamespaceScopedResources: ['*']}",
        "{excludedNamespaceScopedResources: ['*']}",
        "{excludedNamespaceScopedResources: ['*'], includedClusterScopedResources: ['*']}",
        "{excludedNamespaceScopedResources: ['*'], excludedClusterScopedResources: ['*']}",
        "{excludedNamespaceScopedResources: ['*.example.org']}",
      })
  void whatItCannotSayIsRefused(String yaml) {
    assertThat(RestoreFilter.refusal(filter(yaml))).isPresent();
  }

  @Test
  void labelsAndTheUsersNamespacesStay() {
    assertThat(
            fields(
                "{labelSelector: {matchLabels: {app: shop}}, excludedNamespaces: [tmp],"
                    + " includedNamespaces: [shop]}"))
        .containsEntry("labelSelector", Map.of("matchLabels", Map.of("app", "shop")))
        .containsEntry("excludedNamespaces", List.of("tmp", "velero"))
        .containsEntry("includedNamespaces", List.of("shop"))
        .doesNotContainKey("includeClusterResources");
  }

  /** Every combination of lists for two kinds of each scope that the schema lets pass. */
  static Stream<ResourceFilter> combinations() {
    List<List<String>> namespaced =
        List.of(List.of(), List.of("*"), List.of("pods"), List.of("secrets"), NAMESPACED);
    List<List<String>> cluster =
        List.of(List.of(), List.of("*"), List.of("nodepools"), List.of("storageclasses"), CLUSTER);
    List<ResourceFilter> all = new ArrayList<>();
    for (List<String> nIn : namespaced) {
      for (List<String> nOut : namespaced) {
        for (List<String> cIn : cluster) {
          for (List<String> cOut : cluster) {
            if (sensible(nIn, nOut) && sensible(cIn, cOut)) {
              all.add(scoped(nIn, nOut, cIn, cOut));
            }
          }
        }
      }
    }
    return all.stream();
  }

  private static boolean sensible(List<String> in, List<String> out) {
    return in.stream().noneMatch(out::contains) && !(out.contains("*") && !in.isEmpty());
  }

  private static ResourceFilter scoped(
      List<String> nIn, List<String> nOut, List<String> cIn, List<String> cOut) {
    return new ResourceFilter(
        List.of(), List.of(), List.of(), List.of(), null, cIn, cOut, nIn, nOut, null, List.of());
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void everyTranslationTakesExactlyWhatIsAsked(ResourceFilter filter) {
    if (RestoreFilter.refusal(filter).isPresent()) {
      return;
    }
    Map<String, Object> sent = RestoreFilter.fields(filter, "velero");
    for (String kind : NAMESPACED) {
      assertThat(taken(sent, kind, true)).as(kind).isEqualTo(asked(filter, kind, true));
    }
    for (String kind : CLUSTER) {
      assertThat(taken(sent, kind, false)).as(kind).isEqualTo(asked(filter, kind, false));
    }
  }

  @Test
  void enoughOfThemCanBeSaid() {
    assertThat(combinations().filter(filter -> RestoreFilter.refusal(filter).isEmpty()).count())
        .isGreaterThan(40);
  }

  /** What the filter means, as docs/filters.md says it for a backup. */
  private static Fate asked(ResourceFilter filter, String kind, boolean namespaced) {
    List<String> in =
        namespaced
            ? filter.includedNamespaceScopedResources()
            : filter.includedClusterScopedResources();
    List<String> out =
        namespaced
            ? filter.excludedNamespaceScopedResources()
            : filter.excludedClusterScopedResources();
    if (out.contains(kind) || out.contains("*")) {
      return Fate.LEFT;
    }
    if (in.contains(kind) || in.contains("*")) {
      return Fate.TAKEN;
    }
    if (!in.isEmpty()) {
      return Fate.LEFT;
    }
    boolean untouched = filter.equals(scoped(List.of(), List.of(), List.of(), List.of()));
    return namespaced || untouched ? Fate.TAKEN : Fate.IF_NEEDED;
  }

  /**
   * What Velero does (velero pkg/restore/restore.go, getOrderedResourceCollection, restoreItem).
   */
  private static Fate taken(Map<String, Object> sent, String kind, boolean namespaced) {
    Fields fields = new Fields(sent);
    List<String> in = fields.list("includedResources");
    if (fields.list("excludedResources").contains(kind)
        || !(in.isEmpty() || in.contains("*") || in.contains(kind))) {
      return Fate.LEFT;
    }
    if (namespaced) {
      return Fate.TAKEN;
    }
    return switch (sent.get("includeClusterResources")) {
      case Boolean all -> all ? Fate.TAKEN : Fate.LEFT;
      // the engine's namespace is always left out
      case null -> Fate.IF_NEEDED;
      default -> throw new AssertionError(sent);
    };
  }
}
