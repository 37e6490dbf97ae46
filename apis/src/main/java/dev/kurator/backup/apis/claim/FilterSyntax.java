package dev.kurator.backup.apis.claim;

import dev.kurator.backup.apis.syntax.Syntax;

/**
 * What Velero refuses in the lists of a filter (velero pkg/util/collections and pkg/util/wildcard),
 * as CEL rules on {@link ResourceFilter}: on a member it would be FailedValidation, which is final.
 */
final class FilterSyntax {

  // a raw string: CEL knows no \[ in others
  private static final String IS_NAMESPACE =
      "(n, n.matches(r'" + Syntax.NAMESPACE_GLOB + "') && !n.contains('**'))";

  static final String NAMESPACES_RULE =
      "(!has(self.includedNamespaces) || self.includedNamespaces.all"
          + IS_NAMESPACE
          + ") && (!has(self.excludedNamespaces) || self.excludedNamespaces.all"
          + IS_NAMESPACE
          + ")";

  static final String NAMESPACES_MESSAGE =
      "a namespace here is a name, or a glob with '*', '?', '[abc]' or '[a-c]'; of lower-case"
          + " letters, digits and '-' otherwise, without '**', '!' and '{}'";

  static final String EVERYTHING_RULE =
      """
      (!has(self.includedNamespaces) || !('*' in self.includedNamespaces) \
      || self.includedNamespaces.all(x, x == '*')) \
      && (!has(self.includedResources) || !('*' in self.includedResources) \
      || self.includedResources.all(x, x == '*')) \
      && (!has(self.includedClusterScopedResources) \
      || !('*' in self.includedClusterScopedResources) \
      || self.includedClusterScopedResources.all(x, x == '*')) \
      && (!has(self.includedNamespaceScopedResources) \
      || !('*' in self.includedNamespaceScopedResources) \
      || self.includedNamespaceScopedResources.all(x, x == '*'))\
      """;

  static final String EVERYTHING_MESSAGE =
      "'*' in an included... list stands for everything and must then be its only item";

  static final String NOTHING_RULE =
      """
      !(has(self.excludedNamespaces) && '*' in self.excludedNamespaces) \
      && !(has(self.excludedResources) && '*' in self.excludedResources)\
      """;

  static final String NOTHING_MESSAGE =
      "'*' in excludedNamespaces or excludedResources would leave nothing; name what to leave out,"
          + " or write excludedNamespaceScopedResources: ['*'] for cluster-scoped objects alone";

  static final String NOTHING_SCOPED_RULE =
      """
      !(has(self.excludedClusterScopedResources) && '*' in self.excludedClusterScopedResources \
      && (has(self.includedClusterScopedResources) \
      || !self.excludedClusterScopedResources.all(x, x == '*'))) \
      && !(has(self.excludedNamespaceScopedResources) \
      && '*' in self.excludedNamespaceScopedResources \
      && (has(self.includedNamespaceScopedResources) \
      || !self.excludedNamespaceScopedResources.all(x, x == '*')))\
      """;

  static final String NOTHING_SCOPED_MESSAGE =
      "'*' in excludedClusterScopedResources or excludedNamespaceScopedResources must be its only"
          + " item, without an included... list of that scope";

  static final String OVERLAP_RULE =
      """
      !(has(self.includedNamespaces) && has(self.excludedNamespaces) \
      && self.excludedNamespaces.exists(x, x in self.includedNamespaces)) \
      && !(has(self.includedResources) && has(self.excludedResources) \
      && self.excludedResources.exists(x, x in self.includedResources))\
      """;

  static final String OVERLAP_SCOPED_RULE =
      """
      !(has(self.includedClusterScopedResources) && has(self.excludedClusterScopedResources) \
      && self.excludedClusterScopedResources.exists(x, \
      x in self.includedClusterScopedResources)) \
      && !(has(self.includedNamespaceScopedResources) \
      && has(self.excludedNamespaceScopedResources) \
      && self.excludedNamespaceScopedResources.exists(x, \
      x in self.includedNamespaceScopedResources))\
      """;

  static final String OVERLAP_MESSAGE =
      "an item is in both an included... list and the excluded... list beside it; remove it from"
          + " one of them";

  static final String ORDER_RULE =
      "self.orderedResources.all(k, self.orderedResources[k].matches('^[^ ,]+(,[^ ,]+)*$'))";

  static final String ORDER_MESSAGE =
      "orderedResources needs namespace/name (or name) of each object, with ',' and no spaces"
          + " between them";

  static final String LABEL_VALUES_RULE =
      "self.matchLabels.all(k, self.matchLabels[k].matches('" + Syntax.LABEL_VALUE + "'))";

  static final String LABEL_VALUES_MESSAGE =
      "a label value has at most 63 letters, digits, '-', '_' and '.', with a letter or digit at"
          + " both ends";

  private FilterSyntax() {}
}
