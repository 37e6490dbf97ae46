package dev.kurator.backup.apis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of bounds.txt: a field, and values at, below and above its bounds.
 *
 * @param kind of the object
 * @param field path of the field, as in {@code spec.policies[0].name}
 * @param taken values that are right
 * @param refused values that are not
 */
public record BoundCase(String kind, String field, List<JsonNode> taken, List<JsonNode> refused) {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern FILLED = Pattern.compile("([0-9]+) ([tsxm])(?: (.*))?");
  private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[([0-9]+)\\]");

  private static final String STORAGE =
      "storage: {location: {provider: aws, bucket: b, region: r}, credentials: c}";
  private static final String MEMBER = "providerConfigRef: {kind: ProviderConfig, name: p}";
  private static final String SELECTOR =
      "{labelSelector: {matchExpressions: [{key: a, operator: In, values: [b]}]}}";
  private static final Map<String, String> LEAST =
      Map.of(
          "Backup",
          "spec: {%s, destination: {fleet: f}, policies: [{policy: {}}]}".formatted(STORAGE),
          "Migrate",
          "spec: {%s, sourceCluster: {fleet: f}, targetCluster: {fleet: g}}".formatted(STORAGE),
          "Restore",
          "spec: {backupName: b, destination: {fleet: f}, policies: [{name: p}]}",
          "VeleroInstall",
          """
          spec: {forProvider: {location: {provider: aws, bucket: b, region: r},
            credentials: {name: c, key: cloud}}, %s}
          """
              .formatted(MEMBER),
          "VeleroBackup",
          "spec: {forProvider: {name: a, installName: i}, %s}".formatted(MEMBER),
          "VeleroSchedule",
          "spec: {forProvider: {name: a, installName: i, schedule: '@daily'}, %s}"
              .formatted(MEMBER),
          "VeleroRestore",
          "spec: {forProvider: {name: a, installName: i, backupName: b}, %s}".formatted(MEMBER),
          "ProviderConfig",
          "spec: {credentials: {source: Secret, secretRef: {name: k, key: kubeconfig}}}",
          "ClusterProviderConfig",
          """
          spec: {credentials: {source: Secret,
            secretRef: {namespace: n, name: k, key: kubeconfig}}}
          """);

  /** All lines of the file. */
  public static List<BoundCase> all() {
    try (InputStream file = BoundCase.class.getResourceAsStream("/bounds.txt")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(BoundCase::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BoundCase read(String line) {
    List<String> parts = Arrays.asList(line.split(" [|] ", -1));
    return new BoundCase(parts.get(0), parts.get(1), values(parts.get(2)), values(parts.get(3)));
  }

  private static List<JsonNode> values(String texts) {
    return Arrays.stream(texts.split(" ;; ", -1))
        .map(text -> FILLED.matcher(text).matches() ? filled(text) : filled(yaml(text)))
        .toList();
  }

  /** What the short forms stand for, also within an object. */
  private static JsonNode filled(JsonNode value) {
    return switch (value) {
      case ObjectNode object -> {
        ObjectNode filled = YAML.createObjectNode();
        object
            .properties()
            .forEach(field -> filled.set(text(field.getKey()), filled(field.getValue())));
        yield filled;
      }
      case ArrayNode array -> {
        ArrayNode filled = YAML.createArrayNode();
        array.forEach(item -> filled.add(filled(item)));
        yield filled;
      }
      default -> value.isTextual() ? filled(value.textValue()) : value;
    };
  }

  private static String text(String key) {
    return filled(key).asText();
  }

  private static JsonNode filled(String text) {
    Matcher form = FILLED.matcher(text);
    if (!form.matches()) {
      return YAML.getNodeFactory().textNode(text);
    }
    int size = Integer.parseInt(form.group(1));
    String what = Objects.requireNonNullElse(form.group(3), "");
    return switch (form.group(2)) {
      case "t" -> YAML.getNodeFactory().textNode(fill(what, size, "a"));
      case "s" -> YAML.getNodeFactory().textNode(fill(what, size, " "));
      case "x" -> {
        ArrayNode list = YAML.createArrayNode();
        for (int i = 0; i < size; i++) {
          list.add(yaml(what.replace("#", String.valueOf(i))));
        }
        yield list;
      }
      default -> {
        ObjectNode map = YAML.createObjectNode();
        for (int i = 0; i < size; i++) {
          map.set("a" + i, yaml(what));
        }
        yield map;
      }
    };
  }

  private static String fill(String text, int size, String by) {
    String pattern = text.contains("~") ? text : text + "~";
    // digits stay digits: 32 t 1 is a number of 32 digits
    String filler = text.equals("1") ? "0" : by;
    return pattern.replace("~", filler.repeat(size - pattern.length() + 1));
  }

  private static JsonNode yaml(String text) {
    try {
      return YAML.readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** The least object of its kind with that value, and with what the field needs beside it. */
  public ObjectNode with(JsonNode value) {
    ObjectNode object = (ObjectNode) yaml(Objects.requireNonNull(LEAST.get(kind)));
    if (field.contains("matchExpressions[0]")) {
      put(object, field.substring(0, field.indexOf(".labelSelector")), yaml(SELECTOR));
    }
    if (field.endsWith("backupLabels")) {
      ((ObjectNode) object.at("/spec/forProvider")).remove("backupName");
    }
    put(object, field, value);
    return object;
  }

  private static void put(ObjectNode object, String field, JsonNode value) {
    JsonNode at = object;
    Matcher step = STEP.matcher(field);
    step.find();
    String name = step.group();
    while (step.find()) {
      at =
          step.group(2) == null
              ? child((ObjectNode) at, name)
              : child((ObjectNode) at, name).path(0);
      if (step.group(2) == null) {
        name = step.group();
      } else if (step.find()) {
        name = step.group();
      }
    }
    ((ObjectNode) at).set(name, value);
  }

  private static JsonNode child(ObjectNode object, String name) {
    return object.has(name) ? object.path(name) : object.putObject(name);
  }

  @Override
  public String toString() {
    return kind + " " + field;
  }
}
