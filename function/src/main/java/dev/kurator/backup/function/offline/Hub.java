package dev.kurator.backup.function.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kurator.backup.apis.claim.Absent;
import dev.kurator.backup.function.wire.struct.StructTree;
import dev.kurator.crossplane.fn.v1.Resource;
import dev.kurator.crossplane.fn.v1.ResourceSelector;
import dev.kurator.crossplane.fn.v1.Resources;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The objects of an imagined hub, found as Crossplane finds required resources.
 *
 * @param objects any kinds
 */
record Hub(List<ObjectNode> objects) {

  Hub {
    objects = Absent.orEmpty(objects);
  }

  Resources find(ResourceSelector selector) {
    Resources.Builder found = Resources.newBuilder();
    objects.stream()
        .filter(object -> matches(selector, object))
        .sorted(
            Comparator.comparing(
                object ->
                    object.path("metadata").path("namespace").asText()
                        + "/"
                        + object.path("metadata").path("name").asText()))
        .forEach(
            object -> found.addItems(Resource.newBuilder().setResource(StructTree.write(object))));
    return found.build();
  }

  private static boolean matches(ResourceSelector selector, JsonNode object) {
    JsonNode metadata = object.path("metadata");
    return object.path("apiVersion").asText().equals(selector.getApiVersion())
        && object.path("kind").asText().equals(selector.getKind())
        && (!selector.hasNamespace()
            || metadata.path("namespace").asText().equals(selector.getNamespace()))
        && switch (selector.getMatchCase()) {
          case MATCH_NAME -> metadata.path("name").asText().equals(selector.getMatchName());
          case MATCH_LABELS ->
              carries(metadata.path("labels"), selector.getMatchLabels().getLabelsMap());
          case MATCH_NOT_SET -> true;
        };
  }

  private static boolean carries(JsonNode labels, Map<String, String> wanted) {
    return wanted.entrySet().stream()
        .allMatch(
            label ->
                labels.path(label.getKey()).isTextual()
                    && labels.path(label.getKey()).textValue().equals(label.getValue()));
  }
}
