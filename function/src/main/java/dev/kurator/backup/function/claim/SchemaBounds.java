package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.syntax.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The sizes and patterns that the schemas bound each field by, read from the same annotations: a
 * claim may be older than a bound, and what is rendered from it would be refused without a reason.
 */
final class SchemaBounds {

  private static final Map<String, java.util.regex.Pattern> PATTERNS = new ConcurrentHashMap<>();

  private final Problems problems;

  private SchemaBounds(Problems problems) {
    this.problems = problems;
  }

  /**
   * Adds what is out of bounds in a claim. A text of which a rule has said more is not named again.
   *
   * @param spec the claim's
   * @param path of the spec
   */
  static void check(Record spec, String path, Problems problems) {
    new SchemaBounds(problems).checkRecord(spec, path);
  }

  private void checkRecord(Record record, String path) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = value(component, record);
      if (value != null) {
        check(value, component.getAnnotatedType(), path + "." + component.getName());
      }
    }
  }

  private static @Nullable Object value(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  private void check(Object value, AnnotatedType type, String path) {
    switch (value) {
      case String text -> checkText(text, type, path);
      case List<?> items -> {
        checkSize(items.size(), type, Syntax.MOST_ENTRIES, path, "", "items");
        AnnotatedType itemType = argument(type, 0);
        for (int i = 0; i < items.size(); i++) {
          // as the rules name them: a text by its list, an object by its place
          Object item = items.get(i);
          check(item, itemType, item instanceof String ? path : path + "[" + i + "]");
        }
      }
      case Map<?, ?> entries -> {
        checkSize(entries.size(), type, Syntax.MOST_ENTRIES, path, "", "entries");
        AnnotatedType valueType = argument(type, 1);
        entries.forEach((key, entry) -> check(entry, valueType, path + "[" + key + "]"));
      }
      case Record record -> checkRecord(record, path);
      default -> {} // a flag or one of several constants
    }
  }

  private static AnnotatedType argument(AnnotatedType type, int index) {
    return ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[index];
  }

  private void checkText(String text, AnnotatedType type, String path) {
    if (problems.has(path)) {
      return;
    }
    int length = text.codePointCount(0, text.length());
    String shown = Problems.shown(text) + " ";
    if (checkSize(length, type, Syntax.LONGEST_TEXT, path, shown, "characters")) {
      Pattern pattern = type.getAnnotation(Pattern.class);
      problems.require(
          pattern == null || compiled(pattern.value()).matcher(text).matches(),
          path,
          shown + "must match " + (pattern == null ? "" : pattern.value()));
    }
  }

  private static java.util.regex.Pattern compiled(String pattern) {
    return PATTERNS.computeIfAbsent(pattern, java.util.regex.Pattern::compile);
  }

  /** Whether it fits. */
  private boolean checkSize(
      long size, AnnotatedType type, long most, String path, String shown, String unit) {
    Size bounds = type.getAnnotation(Size.class);
    long least = bounds == null ? 0 : bounds.min();
    long limit = bounds == null || bounds.max() == Long.MAX_VALUE ? most : bounds.max();
    String right = (least > 0 ? least + " to " : "at most ") + limit;
    boolean fits = size >= least && size <= limit;
    problems.require(fits, path, shown + "has " + size + " " + unit + "; use " + right);
    return fits;
  }
}
