package dev.kurator.backup.provider.velero;

import dev.kurator.backup.apis.syntax.PlainText;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Fields of an untyped object. Absent ones and ones of another type read as empty: what Velero
 * wrote is shown as far as it can be read, and never ends a reconcile.
 */
record Fields(Map<?, ?> map) {

  /** What the schemas of our statuses allow, and Crossplane's structs hold exactly. */
  private static final long LARGEST = 9_007_199_254_740_991L;

  static Fields of(GenericKubernetesResource object) {
    return new Fields(object.getAdditionalProperties());
  }

  Fields in(String field) {
    return new Fields(map.get(field) instanceof Map<?, ?> inner ? inner : Map.of());
  }

  boolean isEmpty() {
    return map.isEmpty();
  }

  /** The text, empty where there is none. */
  String text(String field) {
    return map.get(field) instanceof String text ? text : "";
  }

  /** The text as it may be shown, null where there is none. */
  @Nullable String textOrNull(String field) {
    return Optional.of(text(field)).filter(text -> !text.isEmpty()).map(PlainText::of).orElse(null);
  }

  /** The number, null where there is none: it counts something, so it is never below 0. */
  @Nullable Long number(String field) {
    return map.get(field) instanceof Number number
        ? (Long) Math.clamp(number.longValue(), 0, LARGEST)
        : null;
  }

  /** The texts as they may be shown, cut in number and length. */
  List<String> list(String field) {
    return map.get(field) instanceof List<?> list
        ? PlainText.of(list.stream().map(String::valueOf).toList())
        : List.of();
  }

  /** All fields as texts. */
  Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    map.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
    return texts;
  }
}
