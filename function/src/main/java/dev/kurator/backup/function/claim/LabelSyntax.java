package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.syntax.Syntax;
import java.util.Map;
import java.util.regex.Pattern;

/** Keys and values of Kubernetes labels: a bad one would make the API server refuse the listing. */
final class LabelSyntax {

  private static final Pattern VALUE = Pattern.compile(Syntax.LABEL_VALUE);
  private static final Pattern SUBDOMAIN = Pattern.compile(Syntax.DNS_SUBDOMAIN);
  private static final int LONGEST_PREFIX = 253;
  private static final int LONGEST = 63;

  private LabelSyntax() {}

  static void check(Map<String, String> labels, String field, Problems problems) {
    labels.forEach(
        (key, value) -> {
          checkKey(key, field, problems);
          checkValue(value, field + "[" + key + "]", problems);
        });
  }

  static void checkKey(String key, String field, Problems problems) {
    int slash = key.indexOf('/');
    String name = key.substring(slash + 1);
    boolean prefixFits =
        slash < 0
            || (slash <= LONGEST_PREFIX && SUBDOMAIN.matcher(key.substring(0, slash)).matches());
    problems.require(
        prefixFits && !name.isEmpty() && name.length() <= LONGEST && VALUE.matcher(name).matches(),
        field,
        Problems.shown(key)
            + " is not a label key; write name or prefix/name, each of letters, digits,"
            + " '-', '_' and '.', the name at most 63 long");
  }

  static void checkValue(String value, String field, Problems problems) {
    problems.requireSyntax(
        value,
        VALUE,
        LONGEST,
        field,
        "is not a label value; use at most 63 letters, digits, '-', '_' and '.', with a letter or"
            + " digit at both ends");
  }
}
