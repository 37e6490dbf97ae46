package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.claim.ResourceFilter;
import dev.kurator.backup.apis.syntax.Syntax;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Names and globs of namespaces as Velero takes them (velero pkg/util/wildcard). */
final class NamespaceRules {

  private static final Pattern NAME_OR_GLOB = Pattern.compile(Syntax.NAMESPACE_GLOB);
  private static final Pattern RANGE = Pattern.compile("\\[(.)-(.)\\]");
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
          name.length() <= LONGEST
              && NAME_OR_GLOB.matcher(name).matches()
              && !name.contains("**")
              && RANGE.matcher(name).results().allMatch(NamespaceRules::rises);
      problems.require(
          fits,
          field,
          Problems.shown(name)
              + " is not a namespace; use a name, or a glob with '*', '?', '[abc]' and '[a-c]'");
    }
  }

  private static boolean rises(MatchResult range) {
    return range.group(1).compareTo(range.group(2)) <= 0;
  }
}
