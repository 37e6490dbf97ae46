package dev.kurator.backup.function.claim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kurator.backup.apis.claim.RestoreSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a Restore's schema refuses, for the offline plan, and the hash of what is asked. */
class RestoreClaimTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                                          | true
          "includedNamespaceScopedResources": ["pods"]                                | false
          "includedClusterScopedResources": ["nodeclasses"]                           | false
          "includedNamespaceScopedResources": ["pods"], "excludedClusterScopedResources": ["*"] | true
          "includedClusterScopedResources": ["roles"], "excludedNamespaceScopedResources": ["*"] | true
          "includedNamespaceScopedResources": ["pods"], "includedClusterScopedResources": ["a"] | true
          "includedNamespaceScopedResources": ["*"], "includedClusterScopedResources": ["a"] | false
          "includedNamespaceScopedResources": ["pods"], "includedClusterScopedResources": ["*"] | false
          "excludedNamespaceScopedResources": ["*"]                                   | false
          "excludedClusterScopedResources": ["*"]                                     | true
          "excludedNamespaceScopedResources": ["*.example.org"]                       | false
          "excludedNamespaceScopedResources": ["pods"]                                | true
          """)
  void filtersByScopeAreTakenWhereVelerosOneListCanSayThem(String filter, boolean valid)
      throws JsonProcessingException {
    String spec = "{\"resourceFilter\": {" + (filter == null ? "" : filter) + "}}";

    assertThat(read(policy(spec)) instanceof Verdict.Valid).isEqualTo(valid);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a": "b"}             | true
          {"a": "b", "b": "a"}   | true
          {"a": "c", "b": "c"}   | false
          {"a": "d"}             | false
          {"d": "e", "a": "d"}   | true
          {"a": "No Namespace"}  | false
          """)
  void namespacesAreMappedApart(String mapping, boolean valid) throws JsonProcessingException {
    String policy =
        "{\"resourceFilter\": {\"includedNamespaces\": [\"a\", \"d\"]}, \"namespaceMapping\": "
            + mapping
            + "}";

    assertThat(read(policy(policy)) instanceof Verdict.Valid).isEqualTo(valid);
  }

  @Test
  void whatComesBackDecidesTheHash() throws JsonProcessingException {
    RestoreIntent one = intent("{\"backupName\": \"b\"}");
    RestoreIntent other = intent("{\"backupName\": \"c\"}");
    RestoreIntent run = intent("{\"backupName\": \"b\", \"run\": \"r\"}");
    var how = one.how("p").orElseThrow();

    assertThat(one.hash(how, "paris"))
        .isEqualTo(intent("{\"backupName\": \"b\", \"startDeadline\": \"2h\"}").hash(how, "paris"))
        .isNotEqualTo(one.hash(how, "berlin"))
        .isNotEqualTo(other.hash(how, "paris"))
        .isNotEqualTo(run.hash(how, "paris"));
  }

  private static String policy(String policy) {
    return "{\"backupName\": \"b\", \"policies\": [{\"name\": \"p\", \"policy\": " + policy + "}]}";
  }

  private static RestoreIntent intent(String spec) throws JsonProcessingException {
    return (RestoreIntent) ((Verdict.Valid) read(spec)).intent();
  }

  private static Verdict read(String spec) throws JsonProcessingException {
    return RestoreClaim.read(
        new ClaimId("Restore", "team-shop", "undo", ""),
        JsonMapper.builder().build().readValue(spec, RestoreSpec.class));
  }
}
