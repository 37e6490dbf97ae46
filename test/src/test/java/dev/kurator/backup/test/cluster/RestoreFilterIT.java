package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The truth table of docs/restore-filters.md against real objects: what Velero goes through. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestoreFilterIT {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** An entry of Velero's list of restored resources: {@code namespace/name(action)}. */
  private static final Pattern ENTRY = Pattern.compile("\"(?:[^\"/]*/)?([^\"/(]+)\\([a-z ]+\\)\"");

  private static final String SHOP = "prices key lamp sweep stock clerk ";
  private static final String TILL = "fees tariff safe bell ";
  private static final String IDLE = "note ";
  private static final String CLUSTER =
      "varied-low varied-reader varied-readers varied-star gadgets.varied.test stars.varied.test ";

  private final Bed bed = Bed.shared();
  private String claims = "";
  private String install = "";
  private String backup = "";

  /** No PersistentVolumes: those of other tests would come back. */
  @BeforeAll
  void backUp() {
    VariedSet.apply(bed.berlin());
    claims = bed.namespace("team-chosen");
    install = new HandWritten(bed, claims).install("berlin");
    ClaimYaml yaml = ClaimYaml.on(bed.store(), claims, "varied", bed.only(bed.berlin()));
    String filter =
        """
        includedNamespaces: ['varied-*']
        includedClusterScopedResources: ['*']
        excludedClusterScopedResources: [persistentvolumes]
        """;
    bed.hub()
        .cluster()
        .apply(
            new ClaimYaml(
                    claims,
                    "varied",
                    yaml.spec().replace("      includedNamespaces: [shop]\n", filter.indent(6)))
                .text());
    GenericKubernetesResource claim =
        bed.hub().claim(claims, "varied").awaitPhase("Completed", PATIENCE);
    backup = String.valueOf(Claim.detail(claim, "berlin").get("backupName"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          all                  |                                                                                                         | SHOP TILL IDLE CLUSTER
          kinds-of-both        | includedNamespaceScopedResources: [configmaps, secrets], includedClusterScopedResources: [clusterroles] | prices key fees tariff safe note varied-reader
          namespaced-kinds     | includedNamespaceScopedResources: [cm], excludedClusterScopedResources: ['*']                           | prices fees tariff note
          all-namespaced       | includedNamespaceScopedResources: ['*'], excludedClusterScopedResources: ['*']                          | SHOP TILL IDLE
          namespaced-but       | excludedNamespaceScopedResources: [secrets], excludedClusterScopedResources: ['*']                      | prices lamp sweep stock clerk fees tariff bell note
          cluster-kinds        | includedClusterScopedResources: [stars.varied.test], excludedNamespaceScopedResources: ['*']            | varied-star
          all-cluster          | includedClusterScopedResources: ['*']                                                                   | SHOP TILL IDLE CLUSTER
          all-cluster-here     | includedClusterScopedResources: ['*'], includedNamespaces: [varied-idle]                                | IDLE CLUSTER
          all-cluster-and-but  | includedClusterScopedResources: ['*'], excludedNamespaceScopedResources: [configmaps]                   | key lamp sweep stock clerk safe bell CLUSTER
          but-of-both          | excludedClusterScopedResources: [clusterroles], excludedNamespaceScopedResources: [configmaps]          | key lamp sweep stock clerk safe bell
          but-of-cluster-here  | excludedClusterScopedResources: [clusterroles], includedNamespaces: [varied-idle]                       | IDLE
          kinds-of-both-here   | includedNamespaceScopedResources: [cm], includedClusterScopedResources: [priorityclasses], includedNamespaces: [varied-till] | fees tariff varied-low
          old-kinds            | includedResources: [configmaps, priorityclasses]                                                        | prices fees tariff note varied-low
          old-no-cluster       | includedResources: [configmaps, priorityclasses], includeClusterResources: false                        | prices fees tariff note
          old-but              | excludedResources: [configmaps, secrets], includedNamespaces: [varied-shop]                             | lamp sweep stock clerk
          cluster-too          | includedNamespaces: [varied-idle], includeClusterResources: true                                        | IDLE CLUSTER
          not-a-namespace      | excludedNamespaces: [varied-till]                                                                       | SHOP IDLE
          globs                | includedNamespaces: ['varied-[it]*']                                                                    | TILL IDLE
          label                | labelSelector: {matchLabels: {varied.test/tier: front}}                                                 | prices lamp bell varied-reader
          labels               | orLabelSelectors: [{matchLabels: {varied.test/tier: front}}, {matchLabels: {varied.test/tier: back}}]   | prices lamp bell varied-reader key fees varied-star
          """)
  void whatAFilterLetsThrough(String row, String filter, String expected) {
    String name = row + claims.substring("team-chosen".length());
    String policy = "{resourceFilter: {" + (filter == null ? "" : filter) + "}}";
    new HandWritten(bed, claims).restore(name, install, "berlin", backup, policy);
    Await.until(
        "it has ended",
        PATIENCE,
        Kind.VELERO_RESTORE.on(bed.hub().client()).inNamespace(claims).withName(name),
        seen -> State.is(seen, "Ready", "True"));

    assertThat(VariedSet.among(restored(name)))
        .as(policy)
        .isEqualTo(
            VariedSet.names(
                expected
                    .replace("SHOP", SHOP)
                    .replace("TILL", TILL)
                    .replace("IDLE", IDLE)
                    .replace("CLUSTER", CLUSTER)));
  }

  /** Names of all objects that a Restore went through, be they created or there already. */
  private List<String> restored(String name) {
    String key =
        claims + "/berlin/restores/" + name + "/restore-" + name + "-resource-list.json.gz";
    byte[] list = bed.store().read(Example.BUCKET, key);
    try (var in = new GZIPInputStream(new ByteArrayInputStream(list))) {
      Matcher entries = ENTRY.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      List<String> names = new ArrayList<>();
      while (entries.find()) {
        names.add(entries.group(1));
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
