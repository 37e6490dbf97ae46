package dev.kurator.backup.test.cluster;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The objects of cluster/varied.yaml and varied-custom.yaml: three namespaces of various kinds, and
 * cluster-scoped objects. Each has a name of its own, so a set of them is a list of names.
 */
final class VariedSet {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Where each object is in a backup (velero pkg/archive: {@code resources/<resource>/...}). */
  private static final Map<String, String> PATHS =
      """
      namespaces/cluster varied-shop varied-till varied-idle
      configmaps/namespaces/varied-shop prices
      configmaps/namespaces/varied-till fees tariff hidden
      configmaps/namespaces/varied-idle note
      secrets/namespaces/varied-shop key
      secrets/namespaces/varied-till safe
      serviceaccounts/namespaces/varied-shop clerk
      persistentvolumeclaims/namespaces/varied-shop stock
      cronjobs.batch/namespaces/varied-shop sweep
      gadgets.varied.test/namespaces/varied-shop lamp
      gadgets.varied.test/namespaces/varied-till bell
      stars.varied.test/cluster varied-star
      customresourcedefinitions.apiextensions.k8s.io/cluster gadgets.varied.test stars.varied.test
      persistentvolumes/cluster varied-disk varied-spare
      priorityclasses.scheduling.k8s.io/cluster varied-low
      clusterroles.rbac.authorization.k8s.io/cluster varied-reader
      clusterrolebindings.rbac.authorization.k8s.io/cluster varied-readers
      """
          .lines()
          .map(line -> line.split(" "))
          .flatMap(
              words ->
                  Arrays.stream(words)
                      .skip(1)
                      .map(name -> Map.entry("resources/" + words[0] + "/" + name + ".json", name)))
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

  private VariedSet() {}

  /**
   * Gives a member the kinds of the set. Before it has Velero, which asks a cluster for its kinds
   * when it starts, and then every five minutes only.
   */
  static void define(Member member) {
    member.cluster().apply(Cluster.manifest("cluster/varied-kinds.yaml"));
    for (String name : List.of("gadgets.varied.test", "stars.varied.test")) {
      Await.served(PATIENCE, member.client(), name);
    }
  }

  /** Puts the set on a member that has its kinds, and waits until its claim has its volume. */
  static void apply(Member member) {
    member.cluster().apply(Cluster.manifest("cluster/varied.yaml"));
    member.cluster().apply(Cluster.manifest("cluster/varied-custom.yaml"));
    Await.until(
        "the volume is bound",
        PATIENCE,
        member.client().persistentVolumeClaims().inNamespace("varied-shop").withName("stock"),
        claim -> claim != null && "Bound".equals(claim.getStatus().getPhase()));
  }

  /** Those of a backup's files that are objects of this set, by name and in the file's order. */
  static List<String> inOrder(Collection<String> files) {
    return files.stream().flatMap(file -> Optional.ofNullable(PATHS.get(file)).stream()).toList();
  }

  /** Those names that are objects of this set. */
  static SortedSet<String> among(Collection<String> names) {
    SortedSet<String> known = new TreeSet<>(names);
    known.retainAll(PATHS.values());
    return known;
  }

  /** Names separated by spaces, as a set. */
  static SortedSet<String> names(String text) {
    SortedSet<String> names =
        Stream.of(text.trim().split("\\s+"))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    if (!PATHS.values().containsAll(names)) {
      throw new IllegalArgumentException("not all of these are in the set: " + names);
    }
    return names;
  }
}
