package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.syntax.DurationLimit;
import dev.kurator.backup.apis.syntax.Syntax;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What has been found so far, in the order of the fields. */
final class Problems {

  private static final Pattern NAME = Pattern.compile(Syntax.DNS_SUBDOMAIN);
  private static final int LONGEST_LABEL = 63;
  private static final int SHOWN = 80;

  private final List<Problem> found = new ArrayList<>();
  private final Set<String> named = new HashSet<>();

  void add(String field, String message) {
    named.add(field);
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
      add(field, shown(value) + " " + message);
    }
  }

  /** Adds a problem unless the value is absent, or a duration within the limit. */
  void requireDuration(@Nullable String text, DurationLimit limit, String field) {
    if (text != null && !limit.allows(text)) {
      add(field, shown(text) + " " + limit.message());
    }
  }

  /** Adds a problem unless the claim's name can be a label. */
  void requireLabel(ClaimId id) {
    requireSyntax(
        id.name(),
        NAME,
        LONGEST_LABEL,
        "metadata.name",
        "must be at most 63 lower-case letters, digits, '-' and '.': it becomes a label");
  }

  /** A value in quotes, cut where it is long. */
  static String shown(String value) {
    return "\"" + (value.length() <= SHOWN ? value : value.substring(0, SHOWN - 3) + "...") + "\"";
  }

  /** Whether a problem of that field has been found. */
  boolean has(String field) {
    return named.contains(field);
  }

  List<Problem> all() {
    return List.copyOf(found);
  }
}
