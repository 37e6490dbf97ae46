package dev.kurator.backup.function.claim;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Hash of a policy as the user wrote it: an existing Velero Backup is adopted only with the same
 * one. Absent fields are not hashed, so that a release with new fields keeps the old hashes.
 */
public final class PolicyHash {

  private static final int LENGTH = 16;

  private PolicyHash() {}

  /** The first 16 hex digits of SHA-256 over the policy's canonical text. */
  public static String of(Record policy) {
    return Sha256.hex(text(policy)).substring(0, LENGTH);
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Record entries -> fields(entries);
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> text(entry.getKey()) + ":" + text(entry.getValue()))
              .sorted()
              .collect(Collectors.joining(",", "{", "}"));
      case Collection<?> items ->
          items.stream().map(PolicyHash::text).collect(Collectors.joining(",", "[", "]"));
      case String text -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
      default -> value.toString();
    };
  }

  private static String fields(Record entries) {
    return Arrays.stream(entries.getClass().getRecordComponents())
        .sorted(Comparator.comparing(RecordComponent::getName))
        .filter(component -> isPresent(value(component, entries)))
        .map(component -> "\"" + component.getName() + "\":" + text(value(component, entries)))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static boolean isPresent(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Map<?, ?> map -> !map.isEmpty();
      case Collection<?> items -> !items.isEmpty();
      default -> true;
    };
  }

  private static @Nullable Object value(RecordComponent component, Record of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
