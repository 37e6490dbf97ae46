package dev.kurator.backup.provider.velero;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kurator.backup.apis.claim.ResourceFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Filters as Velero's Restore knows them: it has one pair of lists for the kinds of both scopes
 * (velero pkg/restore/restore.go). docs/restore-filters.md has the truth table.
 */
final class RestoreFilter {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String EVERYTHING = "*";

  private static final Set<String> SCOPED =
      Set.of(
          "includedClusterScopedResources",
          "excludedClusterScopedResources",
          "includedNamespaceScopedResources",
          "excludedNamespaceScopedResources");

  /** What a filter says of the kinds of one scope. */
  private record Scope(List<String> included, List<String> excluded) {

    static Scope namespaced(ResourceFilter filter) {
      return new Scope(
          filter.includedNamespaceScopedResources(), filter.excludedNamespaceScopedResources());
    }

    static Scope cluster(ResourceFilter filter) {
      return new Scope(
          filter.includedClusterScopedResources(), filter.excludedClusterScopedResources());
    }

    boolean all() {
      return included.contains(EVERYTHING);
    }

    boolean some() {
      return !included.isEmpty() && !all();
    }

    boolean none() {
      return excluded.contains(EVERYTHING);
    }

    Stream<String> names() {
      return Stream.concat(included.stream(), excluded.stream())
          .filter(name -> !name.equals(EVERYTHING));
    }
  }

  private RestoreFilter() {}

  /**
   * The fields of Velero's RestoreSpec.
   *
   * @param filter one without {@link #refusal}
   * @param namespace the engine's
   */
  static Map<String, Object> fields(@Nullable ResourceFilter filter, String namespace) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (filter != null) {
      // the records spell every filter as Velero does
      fields.putAll(
          JSON.convertValue(filter, new TypeReference<LinkedHashMap<String, Object>>() {}));
      fields.keySet().removeAll(SCOPED);
    }
    Reach reach = new Reach(filter, namespace);
    if (filter != null && reach.scoped()) {
      fields.putAll(kinds(Scope.namespaced(filter), Scope.cluster(filter)));
    }
    fields.putAll(reach.fields());
    return fields;
  }

  /** Why Velero cannot restore exactly what the filter says; empty where it can. */
  static Optional<String> refusal(ResourceFilter filter) {
    Scope namespaced = Scope.namespaced(filter);
    Scope cluster = Scope.cluster(filter);
    if (Stream.concat(namespaced.names(), cluster.names()).anyMatch(RestoreFilter::glob)) {
      return Optional.of(
          "resourceFilter has a glob in a list of kinds of one scope, which a Restore cannot"
              + " keep to that scope");
    }
    boolean exact =
        namespaced.some() ? cluster.some() || cluster.none() : cluster.some() == namespaced.none();
    return exact
        ? Optional.empty()
        : Optional.of(
            "resourceFilter names kinds of one scope and leaves the other scope open, which a"
                + " Restore cannot say");
  }

  private static boolean glob(String name) {
    return name.matches(".*[*?\\[{].*");
  }

  private static Map<String, Object> kinds(Scope namespaced, Scope cluster) {
    Set<String> included = new LinkedHashSet<>();
    Stream.of(namespaced, cluster)
        .filter(Scope::some)
        .map(Scope::included)
        .forEach(included::addAll);
    Set<String> excluded = new LinkedHashSet<>(namespaced.excluded());
    excluded.addAll(cluster.excluded());
    excluded.remove(EVERYTHING);
    // left out of the scope that it is not of, it is not left out; Velero would refuse the pair
    excluded.removeAll(included);
    Map<String, Object> fields = new LinkedHashMap<>();
    if (!included.isEmpty()) {
      fields.put("includedResources", new ArrayList<>(included));
    }
    if (!excluded.isEmpty()) {
      fields.put("excludedResources", new ArrayList<>(excluded));
    }
    if (cluster.none()) {
      fields.put("includeClusterResources", false);
    } else if (cluster.some() || cluster.all()) {
      fields.put("includeClusterResources", true);
    }
    return fields;
  }
}
