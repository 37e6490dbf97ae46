package dev.kurator.backup.function.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What has been found so far, in the order of the fields. */
final class Problems {

  private final List<Problem> found = new ArrayList<>();

  void add(String field, String message) {
    found.add(new Problem(field, message));
  }

  /** Adds a problem unless the condition holds. */
  void require(boolean holds, String field, String message) {
    if (!holds) {
      add(field, message);
    }
  }

  /** Adds a problem unless the value is absent, or fits the pattern and the length. */
  void requireSyntax(
      @Nullable String value, Pattern syntax, int longest, String field, String message) {
    if (value != null && (value.length() > longest || !syntax.matcher(value).matches())) {
      add(field, "\"" + shortened(value) + "\" " + message);
    }
  }

  List<Problem> all() {
    return List.copyOf(found);
  }

  private static String shortened(String value) {
    return value.length() <= 80 ? value : value.substring(0, 77) + "...";
  }
}
