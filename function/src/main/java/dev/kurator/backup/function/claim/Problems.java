package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.syntax.GoDuration;
import dev.kurator.backup.apis.syntax.Syntax;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What has been found so far, in the order of the fields. */
final class Problems {

  private static final Pattern NAME = Pattern.compile(Syntax.DNS_SUBDOMAIN);
  private static final int LONGEST_LABEL = 63;

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

  /** Adds a problem unless the value is absent, or a Go duration longer than nothing. */
  void requireDuration(@Nullable String text, String field) {
    if (text == null) {
      return;
    }
    GoDuration.parse(text)
        .ifPresentOrElse(
            duration -> require(!duration.isZero(), field, "must be longer than nothing"),
            () -> add(field, "\"" + text + "\" " + Syntax.DURATION_MESSAGE));
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

  List<Problem> all() {
    return List.copyOf(found);
  }

  private static String shortened(String value) {
    return value.length() <= 80 ? value : value.substring(0, 77) + "...";
  }
}
