package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.claim.ResourceFilter;
import java.util.List;
import java.util.regex.Pattern;

/** Names and globs of namespaces as Velero takes them (velero pkg/util/wildcard). */
final class NamespaceRules {

  private static final Pattern NAME_OR_GLOB =
      Pattern.compile("([a-z0-9*?]|\\[[-a-z0-9]+\\])([-a-z0-9*?]|\\[[-a-z0-9]+\\])*");
  private static final int LONGEST = 63;

  private NamespaceRules() {}

  static void check(ResourceFilter filter, String field, Problems problems) {
    checkNames(filter.includedNamespaces(), field + ".includedNamespaces", problems);
    checkNames(filter.excludedNamespaces(), field + ".excludedNamespaces", problems);
    new FilterRules.Lists(field, problems, "includedNamespaces", "excludedNamespaces")
        .check(filter.includedNamespaces(), filter.excludedNamespaces(), false);
  }

  private static void checkNames(List<String> names, String field, Problems problems) {
    for (String name : names) {
      boolean fits =
          NAME_OR_GLOB.matcher(name).matches()
              && !name.endsWith("-")
              && !name.contains("**")
              && name.length() <= LONGEST;
      problems.require(
          fits,
          field,
          "\"" + name + "\" is not a namespace; use a name, or a glob with '*', '?' and '[abc]'");
    }
  }
}
