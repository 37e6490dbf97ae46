package dev.kurator.backup.provider.velero;

import dev.kurator.backup.apis.claim.LabelRequirement;
import dev.kurator.backup.apis.claim.LabelSelector;
import dev.kurator.backup.apis.claim.ResourceFilter;
import dev.kurator.backup.apis.syntax.GoDuration;
import dev.kurator.backup.apis.syntax.Syntax;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values that Velero or an API server could not read, whatever the schema allowed that they were
 * written under: one duration that overflows keeps Velero from listing anybody's backups.
 */
final class Values {

  private static final int SHOWN = 80;
  private static final int LONGEST_PREFIX = 253;
  private static final int LONGEST_LABEL = 63;
  private static final Pattern SUBDOMAIN = Pattern.compile(Syntax.DNS_SUBDOMAIN);
  private static final Pattern LABEL = Pattern.compile(Syntax.LABEL_VALUE);

  private Values() {}

  /** Why Go would not read a duration; empty where it would, and where there is none. */
  static Optional<String> duration(@Nullable String text, String field) {
    return text == null || GoDuration.parse(text).isPresent()
        ? Optional.empty()
        : Optional.of(field + " is " + shown(text) + " and " + Syntax.DURATION_MESSAGE);
  }

  /** Why an API server would not take a name; empty where it would, and where there is none. */
  static Optional<String> name(@Nullable String text, String field) {
    return text == null || (text.length() <= LONGEST_PREFIX && SUBDOMAIN.matcher(text).matches())
        ? Optional.empty()
        : Optional.of(
            field
                + " is "
                + shown(text)
                + " and must be the name of an object, of lower-case letters, digits, '-' and '.'");
  }

  /** Why an API server would not take some labels; empty where it would. */
  static Optional<String> labels(Map<String, String> labels, String field) {
    return labels.entrySet().stream()
        .flatMap(
            label ->
                labelKey(label.getKey(), field)
                    .or(() -> labelValue(label.getValue(), field + "." + label.getKey()))
                    .stream())
        .findFirst();
  }

  /** Why an API server would not take the selectors of a filter; empty where it would. */
  static Optional<String> selectors(@Nullable ResourceFilter filter) {
    return filter == null
        ? Optional.empty()
        : Stream.concat(
                Stream.ofNullable(filter.labelSelector()), filter.orLabelSelectors().stream())
            .flatMap(selector -> selector(selector).stream())
            .findFirst();
  }

  private static Optional<String> selector(LabelSelector selector) {
    return labels(selector.matchLabels(), "policy.resourceFilter: a selector's matchLabels")
        .or(
            () ->
                selector.matchExpressions().stream()
                    .flatMap(requirement -> requirement(requirement).stream())
                    .findFirst());
  }

  private static Optional<String> requirement(LabelRequirement requirement) {
    String field = "policy.resourceFilter: a selector's matchExpressions";
    return labelKey(requirement.key(), field)
        .or(
            () ->
                requirement.values().stream()
                    .flatMap(value -> labelValue(value, field).stream())
                    .findFirst());
  }

  private static Optional<String> labelKey(String key, String field) {
    int slash = key.indexOf('/');
    String name = key.substring(slash + 1);
    boolean prefixed =
        slash < 0
            || (slash <= LONGEST_PREFIX && SUBDOMAIN.matcher(key.substring(0, slash)).matches());
    return prefixed && !name.isEmpty() && isLabel(name)
        ? Optional.empty()
        : Optional.of(field + " has the key " + shown(key) + ", which " + Syntax.LABEL_KEY_MESSAGE);
  }

  private static Optional<String> labelValue(String value, String field) {
    return isLabel(value)
        ? Optional.empty()
        : Optional.of(
            field
                + " is "
                + shown(value)
                + " and must be a label value: at most 63 letters, digits, '-', '_' and '.', with a"
                + " letter or digit at both ends");
  }

  private static boolean isLabel(String text) {
    return text.length() <= LONGEST_LABEL && LABEL.matcher(text).matches();
  }

  /** A value in quotes, cut where it is long. */
  static String shown(String text) {
    return "\"" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN - 3) + "...") + "\"";
  }
}
