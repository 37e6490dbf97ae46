package dev.kurator.backup.apis.claim;

/**
 * What Velero refuses or cannot express in a Restore (velero pkg/controller/restore_controller.go),
 * as CEL rules on {@link RestorePolicy}; docs/restore-filters.md has the truth table.
 */
final class RestoreSyntax {

  private static final String IS_RESTORABLE =
      """
      .all(r, !(r in ['nodes', 'events', 'events.events.k8s.io', 'csinodes.storage.k8s.io', \
      'volumeattachments.storage.k8s.io', 'backups.velero.io', 'restores.velero.io', \
      'backuprepositories.velero.io', 'resticrepositories.velero.io'])))\
      """;

  static final String RESTORABLE_RULE =
      "!has(self.resourceFilter) || ((!has(self.resourceFilter.includedResources)"
          + " || self.resourceFilter.includedResources"
          + IS_RESTORABLE
          + " && (!has(self.resourceFilter.includedClusterScopedResources)"
          + " || self.resourceFilter.includedClusterScopedResources"
          + IS_RESTORABLE
          + " && (!has(self.resourceFilter.includedNamespaceScopedResources)"
          + " || self.resourceFilter.includedNamespaceScopedResources"
          + IS_RESTORABLE
          + ")";

  static final String RESTORABLE_MESSAGE =
      "Velero never restores nodes, events, csinodes, volumeattachments and its own backups,"
          + " restores and backuprepositories; remove them from the included... list";

  private static final String SOME_NAMESPACED =
      "(has(self.resourceFilter.includedNamespaceScopedResources)"
          + " && !('*' in self.resourceFilter.includedNamespaceScopedResources))";
  private static final String SOME_CLUSTER_SCOPED =
      "(has(self.resourceFilter.includedClusterScopedResources)"
          + " && !('*' in self.resourceFilter.includedClusterScopedResources))";
  private static final String NONE_NAMESPACED =
      "(has(self.resourceFilter.excludedNamespaceScopedResources)"
          + " && '*' in self.resourceFilter.excludedNamespaceScopedResources)";
  private static final String NONE_CLUSTER_SCOPED =
      "(has(self.resourceFilter.excludedClusterScopedResources)"
          + " && '*' in self.resourceFilter.excludedClusterScopedResources)";

  // Velero's Restore has one list of kinds for both scopes: a list of one scope alone would leave
  // out the whole other scope.
  static final String SCOPES_RULE =
      "!has(self.resourceFilter) || ("
          + SOME_NAMESPACED
          + " ? ("
          + (SOME_CLUSTER_SCOPED + " || " + NONE_CLUSTER_SCOPED + ")")
          + " : "
          + (SOME_CLUSTER_SCOPED + " == " + NONE_NAMESPACED + ")");

  static final String SCOPES_MESSAGE =
      "a Restore cannot take some kinds of one scope and leave the other scope open: beside"
          + " includedNamespaceScopedResources, name the cluster-scoped kinds in"
          + " includedClusterScopedResources or write excludedClusterScopedResources: ['*']; beside"
          + " includedClusterScopedResources, name the namespaced kinds in"
          + " includedNamespaceScopedResources or write excludedNamespaceScopedResources: ['*'];"
          + " beside that, always name the cluster-scoped kinds";

  private static final String ARE_NAMES = ".all(r, r == '*' || r.matches('^[A-Za-z0-9.-]+$')))";

  // In Velero's one list a glob would match kinds of both scopes.
  static final String NAMED_RULE =
      "!has(self.resourceFilter) || ("
          + "(!has(self.resourceFilter.includedNamespaceScopedResources)"
          + " || self.resourceFilter.includedNamespaceScopedResources"
          + ARE_NAMES
          + " && "
          + "(!has(self.resourceFilter.excludedNamespaceScopedResources)"
          + " || self.resourceFilter.excludedNamespaceScopedResources"
          + ARE_NAMES
          + " && "
          + "(!has(self.resourceFilter.includedClusterScopedResources)"
          + " || self.resourceFilter.includedClusterScopedResources"
          + ARE_NAMES
          + " && "
          + "(!has(self.resourceFilter.excludedClusterScopedResources)"
          + " || self.resourceFilter.excludedClusterScopedResources"
          + ARE_NAMES
          + ")";

  static final String NAMED_MESSAGE =
      "in a Restore, the ...ScopedResources lists take names of kinds or '*' alone; a glob like"
          + " '*.example.org' goes into includedResources or excludedResources";

  static final String APART_RULE =
      "!has(self.namespaceMapping) || self.namespaceMapping.all(a, self.namespaceMapping.all(b, a"
          + " == b || self.namespaceMapping[a] != self.namespaceMapping[b]))";

  static final String APART_MESSAGE =
      "namespaceMapping maps two namespaces onto one, where their objects could overwrite each"
          + " other; give each a namespace of its own";

  static final String UNMAPPED_RULE =
      "!has(self.namespaceMapping) || !has(self.resourceFilter)"
          + " || !has(self.resourceFilter.includedNamespaces)"
          + " || self.namespaceMapping.all(a, self.namespaceMapping[a] in self.namespaceMapping"
          + " || !(self.namespaceMapping[a] in self.resourceFilter.includedNamespaces))";

  static final String UNMAPPED_MESSAGE =
      "namespaceMapping maps a namespace onto one that is restored too; map that one elsewhere, or"
          + " leave it out of includedNamespaces";

  private RestoreSyntax() {}
}
