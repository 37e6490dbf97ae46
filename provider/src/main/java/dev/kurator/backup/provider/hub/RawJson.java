package dev.kurator.backup.provider.hub;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kurator.backup.apis.managed.UnreadableField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes values out of JSON and puts them back. */
final class RawJson {

  private RawJson() {}

  /**
   * Takes out the value that a failure is about.
   *
   * @param node changed in place
   * @param path where the node is
   * @return null where the failure is about the node as a whole
   */
  static @Nullable UnreadableField cut(
      JsonNode node, List<String> path, JsonMappingException failure) {
    JsonNode holder = node;
    List<String> at = path;
    List<JsonMappingException.Reference> steps = failure.getPath();
    for (int i = 0; i < steps.size(); i++) {
      JsonMappingException.Reference step = steps.get(i);
      boolean field = step.getFieldName() != null;
      JsonNode inner =
          field ? holder.path(step.getFieldName()) : holder.path(Math.max(step.getIndex(), 0));
      if (inner.isMissingNode()) {
        return null;
      }
      at = ReadableValues.step(at, field ? step.getFieldName() : "[" + step.getIndex() + "]");
      if (i == steps.size() - 1) {
        remove(holder, step);
        return new UnreadableField(
            at, Expected.problem(inner, expected(failure)), inner.toString());
      }
      holder = inner;
    }
    return null;
  }

  private static void remove(JsonNode holder, JsonMappingException.Reference step) {
    switch (holder) {
      case ObjectNode object -> object.remove(step.getFieldName());
      case ArrayNode array -> array.remove(step.getIndex());
      default -> throw new IllegalStateException("a path leads through objects and lists");
    }
  }

  private static String expected(JsonMappingException failure) {
    return failure instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
        ? Expected.of(mismatch.getTargetType())
        : "a value of its kind";
  }

  /**
   * Puts a value back where it was; one that was missing is taken out again.
   *
   * @param root changed in place
   * @param value null where it was missing
   */
  static void restore(ObjectNode root, List<String> path, @Nullable JsonNode value) {
    JsonNode holder = root;
    for (int i = 0; i < path.size() - 1; i++) {
      holder = inner(holder, path.get(i), path.get(i + 1));
    }
    String last = path.getLast();
    switch (holder) {
      case ObjectNode object -> {
        if (value == null) {
          object.remove(last);
        } else {
          object.set(last, value);
        }
      }
      case ArrayNode array when value != null ->
          array.insert(Math.min(index(last), array.size()), value);
      default -> {
        // a part that was replaced since: what was in it is no more
      }
    }
  }

  /** What a step leads to; an empty one where there is nothing. */
  private static JsonNode inner(JsonNode holder, String step, String next) {
    JsonNode found =
        holder instanceof ArrayNode array ? array.path(index(step)) : holder.path(step);
    if (!found.isMissingNode() && !found.isNull()) {
      return found;
    }
    JsonNode made =
        next.startsWith("[")
            ? JsonNodeFactory.instance.arrayNode()
            : JsonNodeFactory.instance.objectNode();
    if (holder instanceof ObjectNode object) {
      object.set(step, made);
    }
    return made;
  }

  private static int index(String step) {
    return Integer.parseInt(step.substring(1, step.length() - 1));
  }
}
