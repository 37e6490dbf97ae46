package dev.kurator.backup.test.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Objects without what Crossplane alone adds to them. */
final class Normal {

  static final String KEY = "crossplane.io/composition-resource-name";

  private static final Set<String> OURS =
      Set.of("Accepted", "Installed", "RetentionRisk", "Succeeded");

  private Normal() {}

  /** Composed resources by key. */
  static SortedMap<String, String> composed(Collection<? extends JsonNode> objects) {
    SortedMap<String, String> byKey = new TreeMap<>();
    for (JsonNode object : objects) {
      ObjectNode copy = object.deepCopy();
      ObjectNode metadata = copy.withObject("/metadata");
      metadata.remove(List.of("ownerReferences", "generateName"));
      metadata.withObject("/labels").remove("crossplane.io/composite");
      byKey.put(key(object), sorted(copy).toPrettyString());
    }
    return byKey;
  }

  /** Names of composed resources by key. */
  static SortedMap<String, String> names(Collection<? extends JsonNode> objects) {
    SortedMap<String, String> byKey = new TreeMap<>();
    objects.forEach(
        object -> byKey.put(key(object), object.path("metadata").path("name").asText()));
    return byKey;
  }

  private static String key(JsonNode object) {
    return object.path("metadata").path("annotations").path(KEY).asText();
  }

  /** A composite's status, with our conditions only and without times. */
  static String status(JsonNode composite) {
    ObjectNode status = composite.path("status").deepCopy();
    List<ObjectNode> conditions = new ArrayList<>();
    for (JsonNode condition : status.path("conditions")) {
      if (OURS.contains(condition.path("type").asText())) {
        ObjectNode copy = condition.deepCopy();
        copy.remove("lastTransitionTime");
        conditions.add(copy);
      }
    }
    conditions.sort(Comparator.comparing(condition -> condition.path("type").asText()));
    status.putArray("conditions").addAll(conditions);
    return sorted(status).toPrettyString();
  }

  /** Status of one of the composite's conditions. */
  static String condition(JsonNode composite, String type) {
    for (JsonNode condition : composite.path("status").path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition.path("status").asText();
      }
    }
    return "absent";
  }

  private static JsonNode sorted(JsonNode node) {
    if (node.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      new TreeMap<>(fields(node)).forEach((name, value) -> object.set(name, sorted(value)));
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> array.add(sorted(item)));
      return array;
    }
    return node.isIntegralNumber() ? JsonNodeFactory.instance.numberNode(node.longValue()) : node;
  }

  private static SortedMap<String, JsonNode> fields(JsonNode node) {
    SortedMap<String, JsonNode> fields = new TreeMap<>();
    node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    return fields;
  }
}
