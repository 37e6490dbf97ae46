package dev.kurator.backup.provider.hub;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kurator.backup.apis.managed.UnreadableField;
import io.fabric8.generator.annotation.Required;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes out of a tree what does not fit the records that it is for. */
final class ReadableValues {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** How many values inside one of Kubernetes' own types are looked for. */
  private static final int INSIDE = 16;

  private final DeserializationContext context;

  ReadableValues(DeserializationContext context) {
    this.context = context;
  }

  /**
   * What of a value can be read.
   *
   * @param node the value, not null
   * @param problems what cannot be read is added here
   * @return a copy, null where nothing of it can be read
   */
  @Nullable JsonNode read(
      JsonNode node, JavaType type, List<String> path, List<UnreadableField> problems) {
    if (type.isRecordType()) {
      return node instanceof ObjectNode object
          ? record(object, type, path, problems)
          : wrong(node, type, path, problems);
    }
    if (type.isMapLikeType()) {
      return node instanceof ObjectNode object
          ? map(object, type.getContentType(), path, problems)
          : wrong(node, type, path, problems);
    }
    if (type.isCollectionLikeType()) {
      return node instanceof ArrayNode array
          ? list(array, type.getContentType(), path, problems)
          : wrong(node, type, path, problems);
    }
    return leaf(node.deepCopy(), type, path, problems);
  }

  private JsonNode record(
      ObjectNode object, JavaType type, List<String> path, List<UnreadableField> problems) {
    ObjectNode left = NODES.objectNode();
    for (RecordComponent component : type.getRawClass().getRecordComponents()) {
      String name = component.getName();
      JavaType inner = type(component);
      JsonNode value = object.get(name);
      boolean there = value != null && !value.isNull();
      JsonNode found = there ? read(value, inner, step(path, name), problems) : null;
      if (found == null && isRequired(type.getRawClass(), name)) {
        found = placeholder(inner);
        if (!there) {
          problems.add(new UnreadableField(step(path, name), "is missing; write it", null));
        }
      }
      if (found != null) {
        left.set(name, found);
      }
    }
    return left;
  }

  private JsonNode map(
      ObjectNode object, JavaType values, List<String> path, List<UnreadableField> problems) {
    ObjectNode left = NODES.objectNode();
    object
        .properties()
        .forEach(
            entry -> {
              List<String> at = step(path, entry.getKey());
              JsonNode found = element(entry.getValue(), values, at, problems);
              if (found != null) {
                left.set(entry.getKey(), found);
              }
            });
    return left;
  }

  private JsonNode list(
      ArrayNode array, JavaType elements, List<String> path, List<UnreadableField> problems) {
    ArrayNode left = NODES.arrayNode();
    for (int i = 0; i < array.size(); i++) {
      JsonNode found = element(array.get(i), elements, step(path, "[" + i + "]"), problems);
      if (found != null) {
        left.add(found);
      }
    }
    return left;
  }

  private @Nullable JsonNode element(
      JsonNode node, JavaType type, List<String> path, List<UnreadableField> problems) {
    return node.isNull() ? wrong(node, type, path, problems) : read(node, type, path, problems);
  }

  /** What Jackson alone can tell, as it does when the whole is decoded. */
  private @Nullable JsonNode leaf(
      JsonNode node, JavaType type, List<String> path, List<UnreadableField> problems) {
    List<UnreadableField> inside = new ArrayList<>();
    for (int tries = 0; tries < INSIDE; tries++) {
      try {
        if (context.readTreeAsValue(node, type) == null) {
          return wrong(node, type, path, problems);
        }
        problems.addAll(inside);
        return node;
      } catch (JsonMappingException e) {
        UnreadableField cut = RawJson.cut(node, path, e);
        if (cut == null) {
          return wrong(node, type, path, problems);
        }
        inside.add(cut);
      } catch (IOException | RuntimeException | StackOverflowError e) {
        return wrong(node, type, path, problems);
      }
    }
    return wrong(node, type, path, problems);
  }

  private static @Nullable JsonNode wrong(
      JsonNode node, JavaType type, List<String> path, List<UnreadableField> problems) {
    problems.add(
        new UnreadableField(
            path, Expected.problem(node, Expected.of(type.getRawClass())), node.toString()));
    return null;
  }

  /** A value that cannot be read although each of its parts can. */
  static UnreadableField whole(List<String> path, JsonNode node) {
    return new UnreadableField(path, "cannot be read by this release", node.toString());
  }

  /** A value in the place of a required one, so that every record is complete. Decides nothing. */
  JsonNode placeholder(JavaType type) {
    if (type.isRecordType()) {
      ObjectNode object = NODES.objectNode();
      for (RecordComponent component : type.getRawClass().getRecordComponents()) {
        if (isRequired(type.getRawClass(), component.getName())) {
          object.set(component.getName(), placeholder(type(component)));
        }
      }
      return object;
    }
    if (type.isCollectionLikeType()) {
      return NODES.arrayNode();
    }
    if (type.isEnumType()) {
      return NODES.textNode(Expected.names(type.getRawClass()).getFirst());
    }
    if (type.hasRawClass(String.class)) {
      return NODES.textNode("");
    }
    return Number.class.isAssignableFrom(type.getRawClass())
        ? NODES.numberNode(0)
        : NODES.objectNode();
  }

  private JavaType type(RecordComponent component) {
    return context.getTypeFactory().constructType(component.getGenericType());
  }

  private static boolean isRequired(Class<?> type, String component) {
    try {
      return type.getDeclaredField(component).isAnnotationPresent(Required.class);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("every component has a field", e);
    }
  }

  static List<String> step(List<String> path, String next) {
    List<String> longer = new ArrayList<>(path);
    longer.add(next);
    return List.copyOf(longer);
  }
}
