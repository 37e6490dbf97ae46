package dev.kurator.backup.function.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kurator.backup.function.wire.struct.StructTree;
import dev.kurator.crossplane.fn.v1.Condition;
import dev.kurator.crossplane.fn.v1.Result;
import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a response would make of the hub, as objects to print. */
final class Outlook {

  /** Crossplane's annotation: the key of a composed resource. */
  static final String KEY_ANNOTATION = "crossplane.io/composition-resource-name";

  private Outlook() {}

  /** The claim with its status, the composed resources by key, then the results. */
  static List<ObjectNode> of(ObjectNode claim, RunFunctionResponse response) {
    List<ObjectNode> objects = new ArrayList<>();
    objects.add(claimAfter(claim, response));
    objects.addAll(composed(response).values());
    response.getResultsList().forEach(result -> objects.add(result(result)));
    return objects;
  }

  /** The composed resources by key. */
  static SortedMap<String, ObjectNode> composed(RunFunctionResponse response) {
    SortedMap<String, ObjectNode> composed = new TreeMap<>();
    response
        .getDesired()
        .getResourcesMap()
        .forEach(
            (key, resource) -> {
              ObjectNode object = (ObjectNode) sorted(StructTree.read(resource.getResource()));
              object.withObject("/metadata").withObject("/annotations").put(KEY_ANNOTATION, key);
              composed.put(key, object);
            });
    return composed;
  }

  /** Fields by name, so that two plans can be compared line by line. */
  private static JsonNode sorted(JsonNode node) {
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> array.add(sorted(item)));
      return array;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    node.properties().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(field -> object.set(field.getKey(), sorted(field.getValue())));
    return object;
  }

  private static ObjectNode claimAfter(ObjectNode claim, RunFunctionResponse response) {
    ObjectNode after = JsonNodeFactory.instance.objectNode();
    after.set("apiVersion", claim.path("apiVersion"));
    after.set("kind", claim.path("kind"));
    ObjectNode metadata = after.putObject("metadata");
    for (String field : List.of("name", "namespace")) {
      JsonNode value = claim.path("metadata").path(field);
      if (!value.isMissingNode()) {
        metadata.set(field, value);
      }
    }
    ObjectNode status = after.putObject("status");
    JsonNode desired =
        sorted(StructTree.read(response.getDesired().getComposite().getResource())).path("status");
    ArrayNode conditions = JsonNodeFactory.instance.arrayNode();
    response.getConditionsList().stream()
        .sorted(Comparator.comparing(Condition::getType))
        .forEach(condition -> conditions.add(condition(condition)));
    for (String field : List.of("phase", "summary")) {
      if (desired.has(field)) {
        status.set(field, desired.path(field));
      }
    }
    if (!conditions.isEmpty()) {
      status.set("conditions", conditions);
    }
    if (desired instanceof ObjectNode rest) {
      status.setAll(rest);
    }
    return after;
  }

  private static ObjectNode condition(Condition condition) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("type", condition.getType());
    object.put(
        "status",
        switch (condition.getStatus()) {
          case STATUS_CONDITION_TRUE -> "True";
          case STATUS_CONDITION_FALSE -> "False";
          case STATUS_CONDITION_UNKNOWN, STATUS_CONDITION_UNSPECIFIED, UNRECOGNIZED -> "Unknown";
        });
    object.put("reason", condition.getReason());
    if (!condition.getMessage().isEmpty()) {
      object.put("message", condition.getMessage());
    }
    return object;
  }

  private static ObjectNode result(Result result) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", "render.crossplane.io/v1beta1");
    object.put("kind", "Result");
    object.put("severity", result.getSeverity().name());
    if (result.hasReason()) {
      object.put("reason", result.getReason());
    }
    object.put("message", result.getMessage());
    return object;
  }
}
