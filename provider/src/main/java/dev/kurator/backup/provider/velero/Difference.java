package dev.kurator.backup.provider.velero;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What differs between a Schedule and how it should be, as a JSON merge patch (RFC 7386). Labels,
 * annotations and the spec around the template may have more than we put there; in the template
 * what we did not put there changes what is backed up, so it goes.
 */
final class Difference {

  /** Velero turns it back itself once it has heeded it. */
  private static final Set<String> VELEROS = Set.of("skipImmediately");

  private Difference() {}

  static Map<String, @Nullable Object> between(
      GenericKubernetesResource existing, GenericKubernetesResource wanted) {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    put(
        metadata,
        "labels",
        added(existing.getMetadata().getLabels(), wanted.getMetadata().getLabels()));
    put(
        metadata,
        "annotations",
        added(existing.getMetadata().getAnnotations(), wanted.getMetadata().getAnnotations()));
    Map<String, @Nullable Object> patch = new LinkedHashMap<>();
    put(patch, "metadata", metadata);
    put(patch, "spec", spec(Fields.of(existing).in("spec"), Fields.of(wanted).in("spec")));
    return patch;
  }

  private static Map<String, @Nullable Object> spec(Fields is, Fields should) {
    Map<String, @Nullable Object> patch = new LinkedHashMap<>();
    should
        .map()
        .forEach(
            (key, value) -> {
              String field = String.valueOf(key);
              if (field.equals("template")) {
                put(patch, field, template(is.in(field), should.in(field)));
              } else if (!VELEROS.contains(field)
                  && !value.equals(Objects.requireNonNullElse(is.map().get(key), false))) {
                patch.put(field, value);
              }
            });
    return patch;
  }

  private static Map<String, @Nullable Object> template(Fields is, Fields should) {
    Map<String, @Nullable Object> patch = exact(is.map(), should.map(), "metadata");
    Map<String, @Nullable Object> labels = new LinkedHashMap<>();
    put(
        labels,
        "labels",
        added(is.in("metadata").in("labels").map(), should.in("metadata").in("labels").map()));
    put(patch, "metadata", labels);
    return patch;
  }

  private static Map<String, @Nullable Object> added(@Nullable Map<?, ?> is, Map<?, ?> should) {
    Map<String, @Nullable Object> patch = new LinkedHashMap<>();
    should.forEach(
        (key, value) -> {
          if (is == null || !value.equals(is.get(key))) {
            patch.put(String.valueOf(key), value);
          }
        });
    return patch;
  }

  private static Map<String, @Nullable Object> exact(
      Map<?, ?> is, Map<?, ?> should, String except) {
    Map<String, @Nullable Object> patch = new LinkedHashMap<>();
    should.forEach(
        (key, value) -> {
          if (key.equals(except)) {
            return;
          }
          if (value instanceof Map<?, ?> inner && is.get(key) instanceof Map<?, ?> old) {
            put(patch, String.valueOf(key), exact(old, inner, ""));
          } else if (!value.equals(is.get(key))) {
            patch.put(String.valueOf(key), value);
          }
        });
    is.forEach(
        (key, value) -> {
          if (!key.equals(except) && !should.containsKey(key) && !empty(value)) {
            patch.put(String.valueOf(key), null);
          }
        });
    return patch;
  }

  /** Velero writes some fields that are not set, such as {@code hooks: {}} and {@code ttl: 0s}. */
  private static boolean empty(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case Map<?, ?> map -> map.values().stream().allMatch(Difference::empty);
      case Collection<?> list -> list.isEmpty();
      case Boolean flag -> !flag;
      case String text -> text.isEmpty() || text.equals("0s");
      default -> false;
    };
  }

  private static void put(
      Map<String, @Nullable Object> patch, String field, Map<String, @Nullable Object> inner) {
    if (!inner.isEmpty()) {
      patch.put(field, inner);
    }
  }
}
