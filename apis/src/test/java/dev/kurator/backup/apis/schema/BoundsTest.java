package dev.kurator.backup.apis.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checked-in schemas take what is at a bound and refuse what is beyond it. */
class BoundsTest {

  private static final Map<String, CheckedInSchema> SCHEMAS = new HashMap<>();

  private static CheckedInSchema schema(String kind) throws IOException {
    CheckedInSchema known = SCHEMAS.get(kind);
    CheckedInSchema schema = known == null ? CheckedInSchema.ofKind(kind) : known;
    SCHEMAS.put(kind, schema);
    return schema;
  }

  static List<BoundCase> cases() {
    return BoundCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aFieldTakesWhatIsWithinItsBoundsAndNothingElse(BoundCase bound) throws IOException {
    for (JsonNode value : bound.taken()) {
      assertThat(schema(bound.kind()).refusals(bound.with(value))).as("%s", value).isEmpty();
    }
    for (JsonNode value : bound.refused()) {
      assertThat(schema(bound.kind()).refusals(bound.with(value))).as("%s", value).isNotEmpty();
    }
  }

  /** A field that is added tomorrow has bounds too. */
  @Test
  void everyTextListMapAndIntegerIsBounded() throws IOException {
    List<String> unbounded = new ArrayList<>();
    for (String kind : CheckedInSchema.kinds()) {
      JsonNode fields = schema(kind).root().path("properties");
      assertThat(fields.has("spec") && fields.has("status")).as(kind).isTrue();
      collect(fields.path("spec"), kind + ".spec", unbounded);
      collect(fields.path("status"), kind + ".status", unbounded);
    }
    assertThat(unbounded).isEmpty();
  }

  private static void collect(JsonNode schema, String path, List<String> unbounded) {
    boolean bounded =
        switch (schema.path("type").asText()) {
          case "string" -> schema.has("maxLength") || schema.has("enum");
          case "integer" -> schema.has("minimum") && schema.has("maximum");
          case "array" -> schema.has("maxItems");
          case "object" -> !schema.has("additionalProperties") || schema.has("maxProperties");
          case "boolean" -> true;
          default -> schema.path("x-kubernetes-int-or-string").asBoolean() && schema.has("pattern");
        };
    if (!bounded) {
      unbounded.add(path);
    }
    if (schema.has("items")) {
      collect(schema.path("items"), path + "[]", unbounded);
    }
    if (schema.has("additionalProperties")) {
      collect(schema.path("additionalProperties"), path + "{}", unbounded);
    }
    schema
        .path("properties")
        .properties()
        .forEach(field -> collect(field.getValue(), path + "." + field.getKey(), unbounded));
  }
}
