package dev.kurator.backup.function.claim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kurator.backup.apis.claim.ResourceFilter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be a rule of the schema, or is one that the offline plan must know too. */
class FilterRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"a[c-a]", "a**", "shop-", "Shop", "a[]", "a[", "[a-c0-9]", "{a,b}", "a.b"})
  void namespacesThatVeleroCannotRead(String namespace) throws JsonProcessingException {
    assertThat(problems(namespace)).hasSize(1).first().asString().contains("is not a namespace");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a*", "a", "shop-*", "s[a-c]p", "s[abc]?", "[-]a", "a--b", "7"})
  void namespacesThatVeleroReads(String namespace) throws JsonProcessingException {
    assertThat(problems(namespace)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          deployments.apps | shop/web         | the plural alone
          Pods             | shop/web         | the plural alone
          pods             | shop/a, shop/b   | no spaces
          pods             | 'shop/a,'        | no spaces
          pods             | ' '              | no spaces
          """)
  void ordersThatVeleroWouldOverlook(String kind, String objects, String reason) {
    Problems problems = new Problems();
    OrderRules.check(Map.of(kind, objects), "order", problems);

    assertThat(problems.all()).hasSize(1).first().asString().contains(reason);
  }

  private static List<Problem> problems(String namespace) throws JsonProcessingException {
    Problems problems = new Problems();
    FilterRules.check(
        JsonMapper.builder()
            .build()
            .readValue("{\"excludedNamespaces\": [\"" + namespace + "\"]}", ResourceFilter.class),
        "filter",
        problems);
    return problems.all();
  }
}
