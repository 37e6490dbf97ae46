package dev.kurator.backup.apis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What an API server says to a new object by one of our schema files: structure, bounds and CEL
 * rules, without those that compare with an earlier object and without the limits on their cost.
 */
public final class CheckedInSchema {

  private static final Path PACKAGE = Path.of("..", "package");
  private static final Map<String, String> FILES =
      Map.of(
          "Backup", "configuration/apis/backups.backup.kurator.dev",
          "Migrate", "configuration/apis/migrates.backup.kurator.dev",
          "Restore", "configuration/apis/restores.backup.kurator.dev",
          "ClusterProviderConfig", "provider/crds/clusterproviderconfigs.velero.m.kurator.dev",
          "ProviderConfig", "provider/crds/providerconfigs.velero.m.kurator.dev",
          "VeleroInstall", "provider/crds/veleroinstalls.velero.m.kurator.dev",
          "VeleroBackup", "provider/crds/velerobackups.velero.m.kurator.dev",
          "VeleroSchedule", "provider/crds/veleroschedules.velero.m.kurator.dev",
          "VeleroRestore", "provider/crds/velerorestores.velero.m.kurator.dev");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("self", SimpleType.DYN)
          .build();
  private static final CelRuntime RUNTIME = CelRuntimeFactory.legacyCelRuntimeBuilder().build();

  private final JsonNode root;
  private final Map<String, CelRuntime.Program> programs = new HashMap<>();

  private CheckedInSchema(JsonNode root) {
    this.root = root;
  }

  /** The kinds that there are schemas of. */
  public static List<String> kinds() {
    return FILES.keySet().stream().sorted().toList();
  }

  /** The schema of a kind. */
  public static CheckedInSchema ofKind(String kind) throws IOException {
    Path file = PACKAGE.resolve(Objects.requireNonNull(FILES.get(kind)) + ".yaml");
    JsonNode version = YAML.readTree(file.toFile()).path("spec").path("versions").path(0);
    return new CheckedInSchema(version.path("schema").path("openAPIV3Schema"));
  }

  /** The schema itself. */
  public JsonNode root() {
    return root;
  }

  /** Why the object is refused, each as {@code path: reason}; empty where it is taken. */
  public List<String> refusals(JsonNode object) {
    List<String> refusals = new ArrayList<>();
    check(object, root, "", refusals);
    return refusals;
  }

  private void check(JsonNode value, JsonNode schema, String path, List<String> refusals) {
    int before = refusals.size();
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      require(value.isTextual() || value.isIntegralNumber(), path, "integer or string", refusals);
    } else {
      require(
          isOf(schema.path("type").asText(), value),
          path,
          "must be " + schema.path("type"),
          refusals);
    }
    if (refusals.size() > before) {
      return;
    }
    if (schema.has("enum")) {
      boolean known = false;
      for (JsonNode one : schema.path("enum")) {
        known |= one.equals(value);
      }
      require(known, path, "Unsupported value", refusals);
    }
    switch (value.getNodeType()) {
      case STRING -> checkText(value.textValue(), schema, path, refusals);
      case NUMBER -> {
        within(value.doubleValue(), schema, "minimum", "maximum", path, refusals);
      }
      case ARRAY -> {
        within(value.size(), schema, "minItems", "maxItems", path, refusals);
        for (int i = 0; i < value.size(); i++) {
          check(value.get(i), schema.path("items"), path + "[" + i + "]", refusals);
        }
      }
      case OBJECT -> checkObject(value, schema, path, refusals);
      default -> {}
    }
    // as the API server: what is out of bounds may be too costly for a rule
    if (refusals.size() == before) {
      checkRules(value, schema, path, refusals);
    }
  }

  private static boolean isOf(String type, JsonNode value) {
    return switch (type) {
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      case "array" -> value.isArray();
      case "object" -> value.isObject();
      default -> throw new IllegalStateException("a type that our schemas do not have: " + type);
    };
  }

  private static void checkText(String text, JsonNode schema, String path, List<String> refusals) {
    within(text.codePointCount(0, text.length()), schema, "minLength", "maxLength", path, refusals);
    if (schema.has("pattern")) {
      // RE2's $ is the end of the text
      String pattern = schema.path("pattern").asText().replaceAll("[$]$", "\\\\z");
      require(Pattern.compile(pattern).matcher(text).find(), path, "does not match", refusals);
    }
  }

  private static void within(
      double size, JsonNode schema, String least, String most, String path, List<String> refusals) {
    require(!schema.has(least) || size >= schema.path(least).asDouble(), path, least, refusals);
    require(!schema.has(most) || size <= schema.path(most).asDouble(), path, most, refusals);
  }

  private void checkObject(JsonNode object, JsonNode schema, String path, List<String> refusals) {
    for (JsonNode required : schema.path("required")) {
      require(object.has(required.asText()), path + "." + required.asText(), "Required", refusals);
    }
    within(object.size(), schema, "minProperties", "maxProperties", path, refusals);
    object
        .properties()
        .forEach(
            field -> {
              JsonNode known = schema.path("properties").path(field.getKey());
              JsonNode any = schema.path("additionalProperties");
              if (!known.isMissingNode() || !any.isMissingNode()) {
                check(
                    field.getValue(),
                    known.isMissingNode() ? any : known,
                    path + "." + field.getKey(),
                    refusals);
              }
            });
  }

  private void checkRules(JsonNode value, JsonNode schema, String path, List<String> refusals) {
    for (JsonNode rule : schema.path("x-kubernetes-validations")) {
      String text = rule.path("rule").asText();
      if (!text.contains("oldSelf")) {
        require(holds(text, value), path, rule.path("message").asText(), refusals);
      }
    }
  }

  private boolean holds(String rule, JsonNode value) {
    try {
      return (boolean)
          programs
              .computeIfAbsent(rule, CheckedInSchema::compile)
              .eval(Map.of("self", Objects.requireNonNull(plain(value))));
    } catch (CelEvaluationException e) {
      return false; // an API server refuses what a rule fails on
    }
  }

  private static CelRuntime.Program compile(String rule) {
    try {
      return RUNTIME.createProgram(COMPILER.compile(rule).getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException("no CEL: " + rule, e);
    }
  }

  private static Object plain(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> value.textValue();
      case BOOLEAN -> value.booleanValue();
      case NUMBER -> value.isIntegralNumber() ? (Object) value.longValue() : value.doubleValue();
      case ARRAY -> {
        List<Object> items = new ArrayList<>();
        value.forEach(item -> items.add(plain(item)));
        yield items;
      }
      case OBJECT -> {
        Map<String, Object> fields = new LinkedHashMap<>();
        value.properties().forEach(field -> fields.put(field.getKey(), plain(field.getValue())));
        yield fields;
      }
      default -> throw new IllegalArgumentException("nothing that a rule is about: " + value);
    };
  }

  private static void require(boolean holds, String path, String reason, List<String> refusals) {
    if (!holds) {
      refusals.add(path + ": " + reason);
    }
  }
}
