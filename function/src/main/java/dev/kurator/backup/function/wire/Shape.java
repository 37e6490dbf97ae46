package dev.kurator.backup.function.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kurator.backup.function.claim.Problem;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares a tree with the records it is to become, and finds everything that does not fit: Jackson
 * would stop at the first. The API server has checked the same by schema; the offline plan has not.
 */
final class Shape {

  private final List<Problem> problems = new ArrayList<>();

  private Shape() {}

  /**
   * All that keeps a tree from becoming a record.
   *
   * @param ignored fields of the root that are not ours
   */
  static List<Problem> mismatches(
      JsonNode tree, Class<? extends Record> type, String path, Set<String> ignored) {
    Shape shape = new Shape();
    shape.checkRecord(tree, type, path, ignored);
    return shape.problems;
  }

  private void checkRecord(JsonNode tree, Class<?> type, String path, Set<String> ignored) {
    if (!tree.isObject()) {
      expect(false, path, "an object", tree);
      return;
    }
    Map<String, RecordComponent> fields =
        Arrays.stream(type.getRecordComponents())
            .collect(Collectors.toMap(RecordComponent::getName, component -> component));
    for (Map.Entry<String, JsonNode> field : sorted(tree)) {
      if (!fields.containsKey(field.getKey()) && !ignored.contains(field.getKey())) {
        problems.add(new Problem(path + "." + field.getKey(), "is not a field of this release"));
      }
    }
    for (RecordComponent component : type.getRecordComponents()) {
      JsonNode value = tree.path(component.getName());
      String field = path + "." + component.getName();
      if (!value.isMissingNode() && !value.isNull()) {
        check(value, component.getGenericType(), field);
      } else if (isRequired(component)) {
        problems.add(new Problem(field, "is missing"));
      }
    }
  }

  /** Absent collections are empty ones; anything else must be there unless it may be null. */
  private static boolean isRequired(RecordComponent component) {
    AnnotatedType type = component.getAnnotatedType();
    return !type.isAnnotationPresent(Nullable.class)
        && component.getType() != List.class
        && component.getType() != Map.class;
  }

  private void check(JsonNode value, Type type, String path) {
    if (type instanceof ParameterizedType generic) {
      checkCollection(value, generic, path);
    } else if (type instanceof Class<?> plain) {
      checkValue(value, plain, path);
    }
  }

  private void checkCollection(JsonNode value, ParameterizedType type, String path) {
    if (type.getRawType() == List.class) {
      if (expect(value.isArray(), path, "a list", value)) {
        for (int i = 0; i < value.size(); i++) {
          check(value.get(i), type.getActualTypeArguments()[0], path + "[" + i + "]");
        }
      }
    } else if (expect(value.isObject(), path, "an object", value)) {
      for (Map.Entry<String, JsonNode> entry : sorted(value)) {
        check(entry.getValue(), type.getActualTypeArguments()[1], path + "." + entry.getKey());
      }
    }
  }

  /** Crossplane sends fields in any order; the same claim must have the same problems. */
  private static List<Map.Entry<String, JsonNode>> sorted(JsonNode object) {
    return object.properties().stream().sorted(Map.Entry.comparingByKey()).toList();
  }

  private void checkValue(JsonNode value, Class<?> type, String path) {
    if (type.isRecord()) {
      checkRecord(value, type, path, Set.of());
    } else if (type.isEnum()) {
      List<String> names = Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
      expect(names.contains(value.textValue()), path, String.join(" or ", names), value);
    } else if (type == String.class) {
      expect(value.isTextual(), path, "a text", value);
    } else if (type == Boolean.class) {
      expect(value.isBoolean(), path, "true or false", value);
    } else {
      expect(value.isIntegralNumber(), path, "a whole number", value);
    }
  }

  private boolean expect(boolean fits, String path, String what, JsonNode found) {
    if (!fits) {
      String text = found.toString();
      String shown = text.length() <= 80 ? text : text.substring(0, 77) + "...";
      problems.add(new Problem(path, "must be " + what + ", not " + shown));
    }
    return fits;
  }
}
