package dev.kurator.backup.function.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kurator.backup.apis.schema.BoundCase;
import dev.kurator.backup.function.claim.ClaimId;
import dev.kurator.backup.function.claim.Problem;
import dev.kurator.backup.function.claim.Verdict;
import dev.kurator.backup.function.wire.struct.MalformedException;
import dev.kurator.backup.function.wire.struct.StructBytes;
import dev.kurator.backup.function.wire.struct.StructTree;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A claim that is older than a bound of its schema is told which field breaks it. */
class ClaimBoundsTest {

  private static final List<String> KINDS =
      Arrays.stream(ClaimKind.values()).map(Enum::name).toList();

  /** What a regular expression may recurse over, and what a text has that nobody wrote by hand. */
  private static final List<String> HUGE =
      List.of(
          "a".repeat(20_000),
          "0,".repeat(20_000) + "0 * * * *",
          "1h".repeat(20_000),
          "a,".repeat(20_000) + "a",
          "a.".repeat(20_000) + "a",
          "a-".repeat(20_000) + "a",
          "a/".repeat(20_000) + "a",
          "[a]".repeat(20_000),
          "\u001b\u202e".repeat(5_000),
          "世".repeat(20_000));

  static List<BoundCase> cases() {
    return BoundCase.all().stream()
        .filter(bound -> KINDS.contains(bound.kind()) && bound.field().startsWith("spec"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatTheSchemaRefusesIsAProblemOfThatFieldAndNothingElseIs(BoundCase bound)
      throws MalformedException {
    for (JsonNode value : bound.taken()) {
      assertThat(problems(bound, value)).as("%s", value).isEmpty();
    }
    for (JsonNode value : bound.refused()) {
      assertThat(problems(bound, value))
          .as("%s", value)
          .anySatisfy(
              problem -> {
                assertThat(nested(problem.field(), bound.field())).as(problem.field()).isTrue();
                assertThat(problem.message()).isNotBlank();
              });
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aHugeTextIsToldInAShortSentenceOnOneLine(BoundCase bound) throws MalformedException {
    for (String text : HUGE) {
      JsonNode value = JsonNodeFactory.instance.textNode(text);
      for (JsonNode huge : List.of(value, in("k", value), list(value), in(text, list(value)))) {
        assertThat(problems(bound, huge))
            .isNotEmpty()
            .allSatisfy(
                problem ->
                    assertThat(problem.toString())
                        .hasSizeLessThan(2100)
                        .doesNotContain("\u001b", "\u202e"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aFieldThatIsTooDeepIsAProblemToo(BoundCase bound) throws MalformedException {
    JsonNode deep = JsonNodeFactory.instance.textNode("a");
    for (int i = 0; i < 300; i++) {
      deep = i % 2 == 0 ? list(deep) : in("a", deep);
    }

    assertThat(problems(bound, deep))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("deeper than 200 levels"));
  }

  private static JsonNode in(String key, JsonNode value) {
    return JsonNodeFactory.instance.objectNode().set(key, value);
  }

  private static JsonNode list(JsonNode value) {
    return JsonNodeFactory.instance.arrayNode().add(value);
  }

  /** Whether one of two paths is the other or leads to it. */
  private static boolean nested(String one, String other) {
    return one.startsWith(other) || other.startsWith(one);
  }

  private static List<Problem> problems(BoundCase bound, JsonNode value) throws MalformedException {
    ObjectNode claim = bound.with(value);
    Verdict verdict =
        ClaimKind.valueOf(bound.kind())
            .read(
                new ClaimId(bound.kind(), "team-shop", "old", ""),
                StructBytes.of(StructTree.write(claim.path("spec"))));
    return switch (verdict) {
      case Verdict.Valid _ -> List.of();
      case Verdict.Invalid(List<Problem> all) -> all;
    };
  }
}
