package dev.kurator.backup.function.claim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kurator.backup.apis.claim.MigrateSpec;
import dev.kurator.backup.apis.claim.RestorePolicy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a Migrate's schema refuses, for the offline plan, and what becomes of its one policy. */
class MigrateClaimTest {

  private static final String LEAST =
      """
      {"storage": {"location": {"bucket": "b", "provider": "aws", "region": "r"},
                   "credentials": "c"},
       "sourceCluster": {"fleet": "old"},
       "targetCluster": {"fleet": "new"}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"sourceCluster": {"fleet": "new"}}                                          | spec
          {"sourceCluster": {"fleet": "new", "clusterSelector": {}}}                   | spec
          {"targetCluster": {"fleet": ""}}                                             | spec.targetCluster.fleet
          {"ttl": "1 day"}                                                             | spec.ttl
          {"startDeadline": "0s"}                                                      | spec.startDeadline
          {"policy": {"itemOperationTimeout": "soon"}}                                 | spec.policy.itemOperationTimeout
          {"policy": {"orderedResources": {"Pods": "a/b"}}}                            | spec.policy.orderedResources
          {"policy": {"namespaceMapping": {"a": "c", "b": "c"}}}                       | spec.policy.namespaceMapping
          {"policy": {"resourceFilter": {"includedNamespaces": ["c"]}, "namespaceMapping": {"a": "c"}}} | spec.policy.namespaceMapping
          {"policy": {"resourceFilter": {"includedResources": ["nodes"]}}}             | spec.policy.resourceFilter
          {"policy": {"resourceFilter": {"excludedResources": ["*"]}}}                 | spec.policy.resourceFilter.excludedResources
          """)
  void whatTheSchemaRefusesIsTold(String change, String field) throws JsonProcessingException {
    assertThat(read(change))
        .isInstanceOfSatisfying(
            Verdict.Invalid.class,
            invalid -> assertThat(invalid.problems()).extracting(Problem::field).contains(field));
  }

  /** The filter is the backup's: a Restore's narrower rules do not bind it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}
          {"sourceCluster": {"fleet": "new", "clusterSelector": {"matchLabels": {"site": "a"}}}}
          {"policy": {"resourceFilter": {"includedNamespaceScopedResources": ["*.example.org"]}}}
          {"policy": {"namespaceMapping": {"a": "b", "b": "a"}}}
          """)
  void whatTheSchemaTakesIsTaken(String change) throws JsonProcessingException {
    assertThat(read(change)).isInstanceOf(Verdict.Valid.class);
  }

  @Test
  void theFilterNarrowsTheBackupAndTheMappingTheRestores() throws JsonProcessingException {
    MigrateIntent intent =
        intent(
            """
            {"policy": {"resourceFilter": {"includedNamespaces": ["shop"]},
                        "namespaceMapping": {"shop": "store"}, "preserveNodePorts": true,
                        "orderedResources": {"pods": "shop/db"}}}
            """);
    var taken = intent.backup().policies().getFirst().policy();

    assertThat(taken.resourceFilter()).isEqualTo(intent.policy().resourceFilter());
    assertThat(taken.orderedResources()).isEqualTo(Map.of("pods", "shop/db"));
    assertThat(intent.brought())
        .isEqualTo(new RestorePolicy(null, Map.of("shop", "store"), null, true, null, null));
  }

  @Test
  void theBackupIsKeptForADayUnlessTheClaimSaysOtherwise() throws JsonProcessingException {
    assertThat(ttl("{}")).isEqualTo("24h");
    assertThat(ttl("{\"ttl\": \"2h\"}")).isEqualTo("2h");
  }

  private static String ttl(String change) throws JsonProcessingException {
    return String.valueOf(intent(change).backup().policies().getFirst().policy().ttl());
  }

  /** The default is ours, and may change; what the user wrote stays what it is. */
  @Test
  void theBackupsHashIsOfWhatTheUserWrote() throws JsonProcessingException {
    assertThat(backupHash("{}"))
        .isEqualTo(backupHash("{\"policy\": {\"namespaceMapping\": {\"a\": \"b\"}}}"))
        .isEqualTo(backupHash("{\"startDeadline\": \"2h\"}"))
        .isNotEqualTo(backupHash("{\"ttl\": \"24h\"}"))
        .isNotEqualTo(backupHash("{\"policy\": {\"defaultVolumesToFsBackup\": false}}"));
  }

  private static String backupHash(String change) throws JsonProcessingException {
    return intent(change).backup().policies().getFirst().hash();
  }

  @Test
  void whatComesToATargetDecidesTheRestoresHash() throws JsonProcessingException {
    MigrateIntent intent = intent("{}");

    assertThat(intent.hash("b", "berlin"))
        .isEqualTo(intent("{\"ttl\": \"2h\"}").hash("b", "berlin"))
        .isNotEqualTo(intent.hash("b-2", "berlin"))
        .isNotEqualTo(intent.hash("b", "oslo"))
        .isNotEqualTo(intent("{\"policy\": {\"preserveNodePorts\": true}}").hash("b", "berlin"));
  }

  private static MigrateIntent intent(String change) throws JsonProcessingException {
    return (MigrateIntent) ((Verdict.Valid) read(change)).intent();
  }

  /** Reads the least claim with some fields replaced. */
  private static Verdict read(String change) throws JsonProcessingException {
    JsonMapper json = JsonMapper.builder().build();
    ObjectNode spec = (ObjectNode) json.readTree(LEAST);
    spec.setAll((ObjectNode) json.readTree(change));
    return MigrateClaim.read(
        new ClaimId("Migrate", "team-shop", "move", ""), json.treeToValue(spec, MigrateSpec.class));
  }
}
