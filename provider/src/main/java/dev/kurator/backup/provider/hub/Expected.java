package dev.kurator.backup.provider.hub;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a field takes, in the words of its users. */
final class Expected {

  private static final int SHOWN = 40;

  private Expected() {}

  /** What a type takes. */
  static String of(Class<?> type) {
    if (type.isEnum()) {
      return "one of " + String.join(", ", names(type));
    }
    if (type == Integer.class || type == int.class) {
      return "a whole number of at most " + Integer.MAX_VALUE;
    }
    if (type == Long.class || type == long.class) {
      return "a whole number of at most " + Long.MAX_VALUE;
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "a text";
    }
    return List.class.isAssignableFrom(type) ? "a list" : "an object";
  }

  /** What is wrong with a value, and what to do. */
  static String problem(JsonNode value, String expected) {
    return "cannot be read: " + shown(value) + " is not " + expected + "; correct it";
  }

  private static String shown(JsonNode value) {
    if (value.isContainerNode()) {
      return value.isArray() ? "a list" : "an object";
    }
    String text = value.toString().replaceAll("\\p{Cntrl}", "?");
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
  }

  /** The constants of an enum as they are written. */
  static List<String> names(Class<?> type) {
    List<String> names = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      names.add(name(type, ((Enum<?>) constant).name()));
    }
    return names;
  }

  private static String name(Class<?> type, String constant) {
    try {
      JsonProperty written = type.getField(constant).getAnnotation(JsonProperty.class);
      return written == null ? constant : written.value();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("every constant has a field", e);
    }
  }
}
