package dev.kurator.backup.provider.velero;

import dev.kurator.backup.apis.claim.ResourceFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far a filter reaches on a member: the engine's namespace, which holds the storage Secrets of
 * other claims, is left out of every backup and restore, whatever the user says.
 *
 * @param filter null where the user filters nothing
 * @param engineNamespace Velero's own
 */
record Reach(@Nullable ResourceFilter filter, String engineNamespace) {

  /**
   * The fields of Velero's Backup and Restore alike that keep the engine's namespace out and, where
   * nobody chose, the cluster-scoped objects in.
   */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("excludedNamespaces", excludedNamespaces());
    if (everyNamespace() && !choosesClusterScoped()) {
      fields.put("includeClusterResources", true);
    }
    return fields;
  }

  /** Whether the filter has a list of kinds for one scope alone. */
  boolean scoped() {
    return filter != null
        && Stream.of(
                filter.includedClusterScopedResources(),
                filter.excludedClusterScopedResources(),
                filter.includedNamespaceScopedResources(),
                filter.excludedNamespaceScopedResources())
            .anyMatch(kinds -> !kinds.isEmpty());
  }

  private List<String> excludedNamespaces() {
    List<String> excluded =
        new ArrayList<>(filter == null ? List.of() : filter.excludedNamespaces());
    if (!excluded.contains(engineNamespace)) {
      excluded.add(engineNamespace);
    }
    return excluded;
  }

  /**
   * Left to itself, Velero takes cluster-scoped objects only where no namespace is left out; as far
   * as the user goes, all but the engine's is every namespace.
   */
  private boolean everyNamespace() {
    return filter == null
        || ((filter.includedNamespaces().isEmpty() || filter.includedNamespaces().contains("*"))
            && filter.excludedNamespaces().stream().allMatch(engineNamespace::equals));
  }

  private boolean choosesClusterScoped() {
    return filter != null && (filter.includeClusterResources() != null || scoped());
  }
}
