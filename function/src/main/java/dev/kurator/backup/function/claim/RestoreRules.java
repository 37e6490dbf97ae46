package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.claim.ResourceFilter;
import dev.kurator.backup.apis.claim.RestorePolicy;
import dev.kurator.backup.apis.syntax.DurationLimit;
import dev.kurator.backup.apis.syntax.Syntax;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Velero refuses or cannot express in a Restore (velero pkg/controller/restore_controller.go);
 * docs/restore-filters.md has the truth table.
 */
final class RestoreRules {

  private static final Set<String> NEVER_RESTORED =
      Set.of(
          "nodes",
          "events",
          "events.events.k8s.io",
          "csinodes.storage.k8s.io",
          "volumeattachments.storage.k8s.io",
          "backups.velero.io",
          "restores.velero.io",
          "backuprepositories.velero.io",
          "resticrepositories.velero.io");

  private static final Pattern KIND = Pattern.compile("[A-Za-z0-9.-]+");
  private static final Pattern NAMESPACE = Pattern.compile(Syntax.DNS_LABEL);
  private static final int LONGEST = 63;
  private static final String ANY = "*";

  private RestoreRules() {}

  static void check(RestorePolicy policy, String field, Problems problems) {
    ResourceFilter filter = policy.resourceFilter();
    if (filter != null) {
      FilterRules.check(filter, field + ".resourceFilter", problems);
      checkRestorable(filter, field + ".resourceFilter", problems);
      checkNamed(filter, field + ".resourceFilter", problems);
      checkScopes(filter, field + ".resourceFilter", problems);
    }
    checkMapping(policy.namespaceMapping(), filter, field + ".namespaceMapping", problems);
    problems.requireDuration(
        policy.itemOperationTimeout(), DurationLimit.Wait, field + ".itemOperationTimeout");
  }

  static void checkRestorable(ResourceFilter filter, String field, Problems problems) {
    List<String> never =
        Stream.of(
                filter.includedResources(),
                filter.includedClusterScopedResources(),
                filter.includedNamespaceScopedResources())
            .flatMap(List::stream)
            .filter(NEVER_RESTORED::contains)
            .distinct()
            .toList();
    problems.require(
        never.isEmpty(),
        field,
        "Velero never restores "
            + String.join(", ", never)
            + "; remove them from the included... list");
  }

  /** In Velero's one list a glob would match kinds of both scopes. */
  private static void checkNamed(ResourceFilter filter, String field, Problems problems) {
    boolean named =
        Stream.of(
                filter.includedClusterScopedResources(),
                filter.excludedClusterScopedResources(),
                filter.includedNamespaceScopedResources(),
                filter.excludedNamespaceScopedResources())
            .flatMap(List::stream)
            .allMatch(kind -> kind.equals(ANY) || KIND.matcher(kind).matches());
    problems.require(
        named,
        field,
        "in a Restore, the ...ScopedResources lists take names of kinds or '*' alone; a glob like"
            + " '*.example.org' goes into includedResources or excludedResources");
  }

  /** Velero's Restore has one list of kinds for both scopes. */
  private static void checkScopes(ResourceFilter filter, String field, Problems problems) {
    boolean someNamespaced = isSome(filter.includedNamespaceScopedResources());
    boolean someClusterScoped = isSome(filter.includedClusterScopedResources());
    boolean noneNamespaced = filter.excludedNamespaceScopedResources().contains(ANY);
    boolean noneClusterScoped = filter.excludedClusterScopedResources().contains(ANY);
    problems.require(
        someNamespaced
            ? someClusterScoped || noneClusterScoped
            : someClusterScoped == noneNamespaced,
        field,
        "a Restore cannot take some kinds of one scope and leave the other scope open: beside"
            + " includedNamespaceScopedResources, name the cluster-scoped kinds in"
            + " includedClusterScopedResources or write excludedClusterScopedResources: ['*'];"
            + " beside includedClusterScopedResources, name the namespaced kinds in"
            + " includedNamespaceScopedResources or write excludedNamespaceScopedResources: ['*'];"
            + " beside that, always name the cluster-scoped kinds");
  }

  private static boolean isSome(List<String> included) {
    return !included.isEmpty() && !included.contains(ANY);
  }

  static void checkMapping(
      Map<String, String> mapping,
      @Nullable ResourceFilter filter,
      String field,
      Problems problems) {
    Set<String> taken = filter == null ? Set.of() : new HashSet<>(filter.includedNamespaces());
    Map<String, String> mappedTo = new HashMap<>();
    mapping.forEach(
        (from, to) -> {
          Stream.of(from, to)
              .forEach(
                  name ->
                      problems.requireSyntax(
                          name, NAMESPACE, LONGEST, field, "is not the name of a namespace"));
          String other = mappedTo.putIfAbsent(to, from);
          problems.require(
              other == null,
              field,
              "maps both "
                  + other
                  + " and "
                  + from
                  + " onto "
                  + to
                  + ", where their objects could overwrite each other; give each a namespace of its"
                  + " own");
          problems.require(
              mapping.containsKey(to) || !taken.contains(to),
              field,
              "maps "
                  + from
                  + " onto "
                  + to
                  + ", which is restored too; map that one elsewhere, or leave it out of"
                  + " includedNamespaces");
        });
  }
}
