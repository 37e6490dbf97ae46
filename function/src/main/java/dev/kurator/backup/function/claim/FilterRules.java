package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.claim.LabelRequirement;
import dev.kurator.backup.apis.claim.LabelSelector;
import dev.kurator.backup.apis.claim.ResourceFilter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What Velero refuses in a filter (velero pkg/controller/backup_controller.go and
 * pkg/util/collections): there it would be FailedValidation on every member, which is final.
 */
final class FilterRules {

  private static final String ANY = "*";

  private FilterRules() {}

  static void check(ResourceFilter filter, String field, Problems problems) {
    checkFamilies(filter, field, problems);
    NamespaceRules.check(filter, field, problems);
    new Lists(field, problems, "includedResources", "excludedResources")
        .check(filter.includedResources(), filter.excludedResources(), false);
    new Lists(field, problems, "includedClusterScopedResources", "excludedClusterScopedResources")
        .check(
            filter.includedClusterScopedResources(), filter.excludedClusterScopedResources(), true);
    new Lists(
            field, problems, "includedNamespaceScopedResources", "excludedNamespaceScopedResources")
        .check(
            filter.includedNamespaceScopedResources(),
            filter.excludedNamespaceScopedResources(),
            true);
    checkSelectors(filter, field, problems);
  }

  private static void checkFamilies(ResourceFilter filter, String field, Problems problems) {
    boolean old =
        filter.includeClusterResources() != null
            || !filter.includedResources().isEmpty()
            || !filter.excludedResources().isEmpty();
    boolean scoped =
        !filter.includedClusterScopedResources().isEmpty()
            || !filter.excludedClusterScopedResources().isEmpty()
            || !filter.includedNamespaceScopedResources().isEmpty()
            || !filter.excludedNamespaceScopedResources().isEmpty();
    problems.require(
        !(old && scoped),
        field,
        "includedResources, excludedResources and includeClusterResources cannot be combined with"
            + " the ...ClusterScopedResources and ...NamespaceScopedResources filters; use one"
            + " family");
  }

  private static void checkSelectors(ResourceFilter filter, String field, Problems problems) {
    LabelSelector selector = filter.labelSelector();
    problems.require(
        selector == null || filter.orLabelSelectors().isEmpty(),
        field,
        "labelSelector and orLabelSelectors exclude each other; use one of them");
    if (selector != null) {
      checkSelector(selector, field + ".labelSelector", problems);
    }
    for (int i = 0; i < filter.orLabelSelectors().size(); i++) {
      checkSelector(
          filter.orLabelSelectors().get(i), field + ".orLabelSelectors[" + i + "]", problems);
    }
  }

  private static void checkSelector(LabelSelector selector, String field, Problems problems) {
    LabelSyntax.check(selector.matchLabels(), field + ".matchLabels", problems);
    for (int i = 0; i < selector.matchExpressions().size(); i++) {
      LabelRequirement requirement = selector.matchExpressions().get(i);
      String path = field + ".matchExpressions[" + i + "]";
      LabelSyntax.checkKey(requirement.key(), path + ".key", problems);
      requirement.values().forEach(v -> LabelSyntax.checkValue(v, path + ".values", problems));
      boolean takesValues =
          switch (requirement.operator()) {
            case In, NotIn -> true;
            case Exists, DoesNotExist -> false;
          };
      problems.require(
          takesValues != requirement.values().isEmpty(),
          path + ".values",
          takesValues
              ? requirement.operator() + " needs at least one value"
              : requirement.operator() + " takes no values; remove them");
    }
  }

  /** A pair of include and exclude lists. */
  record Lists(String field, Problems problems, String includes, String excludes) {

    /**
     * Checks both.
     *
     * @param everythingMayBeExcluded whether a lone {@code *} may stand among the excludes
     */
    void check(List<String> included, List<String> excluded, boolean everythingMayBeExcluded) {
      Set<String> in = new HashSet<>(included);
      Set<String> out = new HashSet<>(excluded);
      problems.require(
          in.size() < 2 || !in.contains(ANY),
          field + "." + includes,
          "'*' stands for everything and must then be the only item");
      if (out.contains(ANY)) {
        problems.require(
            everythingMayBeExcluded && out.size() == 1 && in.isEmpty(),
            field + "." + excludes,
            everythingMayBeExcluded
                ? "'*' must be the only item, without any " + includes
                : "'*' would leave nothing; name what to leave out");
      }
      excluded.stream()
          .distinct()
          .filter(item -> in.contains(item) && !item.equals(ANY))
          .forEach(
              item ->
                  problems.add(
                      field + "." + excludes,
                      Problems.shown(item)
                          + " is in "
                          + includes
                          + " too; remove it from one of them"));
    }
  }
}
