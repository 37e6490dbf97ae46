package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * A policy and what it must take of the {@link VariedSet}.
 *
 * @param name of the policy
 * @param yaml its resourceFilter, as flow YAML without the outer braces
 * @param taken names of the objects in the backup
 */
record FilterCase(String name, String yaml, SortedSet<String> taken) {

  private static final String SHOP = "varied-shop prices key lamp sweep stock clerk ";

  /** Cluster-scoped objects that Velero finds objects of the shop to need. */
  private static final String SHOP_NEEDS =
      "varied-disk varied-reader varied-readers gadgets.varied.test ";

  private static final String TILL = "varied-till fees tariff safe bell ";
  private static final String TILL_NEEDS = "gadgets.varied.test ";
  private static final String IDLE = "varied-idle note ";
  private static final String CLUSTER =
      "varied-disk varied-spare varied-low varied-reader varied-readers varied-star"
          + " gadgets.varied.test stars.varied.test ";

  private static final String NAMESPACES = "varied-shop varied-till varied-idle ";
  private static final String FRONT = "matchLabels: {varied.test/tier: front}";
  private static final String BACK = "matchLabels: {varied.test/tier: back}";

  /** All rows. */
  static List<FilterCase> all() {
    return Stream.of(namespaces(), oldFamily(), scopedFamily(), labels())
        .flatMap(List::stream)
        .toList();
  }

  private static List<FilterCase> namespaces() {
    return List.of(
        row("everything", "", SHOP + TILL + IDLE + CLUSTER),
        row("included-namespace", "includedNamespaces: [varied-shop]", SHOP + SHOP_NEEDS),
        row(
            "included-globs",
            "includedNamespaces: ['varied-[it]*', 'varied-sho?']",
            SHOP + TILL + IDLE + SHOP_NEEDS),
        row("excluded-namespace", "excludedNamespaces: [varied-till]", SHOP + IDLE + SHOP_NEEDS),
        row("excluded-glob", "excludedNamespaces: ['varied-*l*']", SHOP + SHOP_NEEDS),
        row(
            "all-but-globs",
            "includedNamespaces: ['*'], excludedNamespaces: ['*-[i-i]*', varied-shop]",
            TILL + TILL_NEEDS),
        row(
            "globs-without-globs",
            "includedNamespaces: ['varied-*'], excludedNamespaces: ['*-idle', varied-shop]",
            TILL + TILL_NEEDS));
  }

  private static List<FilterCase> oldFamily() {
    return List.of(
        row(
            "included-resources",
            "includedNamespaces: ['varied-*'], includedResources: [cm, gadgets.varied.test]",
            "prices fees tariff note lamp bell"),
        row(
            "excluded-resources",
            "includedNamespaces: [varied-shop], excludedResources: [secret, cronjobs.batch,"
                + " customresourcedefinitions.apiextensions.k8s.io]",
            "varied-shop prices lamp stock clerk varied-disk varied-reader varied-readers"),
        row(
            "included-and-excluded-resources",
            "includedResources: ['*.varied.test', secrets], excludedResources: [stars.varied.test]",
            "key safe lamp bell gadgets.varied.test"),
        row(
            "cluster-kinds",
            "includedResources: [priorityclasses, stars.varied.test]",
            "varied-low varied-star stars.varied.test"),
        row(
            "cluster-resources",
            "includedNamespaces: [varied-till], includeClusterResources: true",
            TILL + CLUSTER),
        row(
            "no-cluster-resources",
            "includedNamespaces: [varied-shop], includeClusterResources: false",
            "prices key lamp sweep stock clerk"),
        row(
            "some-cluster-resources",
            "excludedNamespaces: [varied-till], includeClusterResources: true,"
                + " includedResources: [configmaps, clusterroles.rbac.authorization.k8s.io]",
            "prices note varied-reader"));
  }

  private static List<FilterCase> scopedFamily() {
    return List.of(
        row(
            "included-cluster-scoped",
            "includedNamespaces: [varied-idle],"
                + " includedClusterScopedResources: [clusterroles, stars.varied.test]",
            IDLE + "varied-reader varied-star stars.varied.test"),
        row(
            "excluded-cluster-scoped",
            "includedNamespaces: [varied-shop], excludedClusterScopedResources: [pv]",
            SHOP + "varied-reader varied-readers gadgets.varied.test"),
        row(
            "all-cluster-scoped-but",
            "includedNamespaces: [varied-idle], includedClusterScopedResources: ['*'],"
                + " excludedClusterScopedResources: [clusterroles, persistentvolumes]",
            IDLE + "varied-low varied-readers varied-star gadgets.varied.test stars.varied.test"),
        row(
            "no-cluster-scoped",
            "includedNamespaces: [varied-shop], excludedClusterScopedResources: ['*']",
            "prices key lamp sweep stock clerk"),
        row(
            "included-namespace-scoped",
            "includedNamespaces: ['varied-*'], includedNamespaceScopedResources: [cm, secrets]",
            "varied-shop prices key varied-till fees tariff safe " + IDLE),
        row(
            "excluded-namespace-scoped",
            "includedNamespaces: [varied-shop, varied-idle],"
                + " excludedNamespaceScopedResources: [configmaps, serviceaccounts]",
            "varied-shop key lamp sweep stock varied-disk gadgets.varied.test varied-idle"),
        row(
            "cluster-scoped-alone",
            "includedClusterScopedResources: [priorityclasses, persistentvolumes],"
                + " excludedNamespaceScopedResources: ['*']",
            NAMESPACES + "varied-low varied-disk varied-spare"),
        row(
            "both-scopes",
            "includedNamespaceScopedResources: [gadgets.varied.test],"
                + " includedClusterScopedResources: [stars.varied.test],"
                + " excludedClusterScopedResources: [customresourcedefinitions],"
                + " excludedNamespaces: [varied-till]",
            "varied-shop lamp varied-star varied-idle"));
  }

  /**
   * Velero also takes, without what is in them, the Namespaces whose own labels match, and, where
   * any is excluded (the engine's always is), all that are not.
   */
  private static List<FilterCase> labels() {
    return List.of(
        row(
            "match-labels",
            "labelSelector: {" + FRONT + "}",
            NAMESPACES + "prices lamp bell varied-reader"),
        row(
            "namespace-label",
            "includedNamespaces: [varied-shop],"
                + " labelSelector: {matchLabels: {varied.test/tier: idle}}",
            "varied-shop varied-idle"),
        row(
            "match-expressions",
            "includedNamespaces: [varied-shop, varied-till], labelSelector: {matchExpressions: ["
                + "{key: varied.test/tier, operator: In, values: [front, middle]}]}",
            "varied-shop varied-till prices lamp bell gadgets.varied.test"),
        row(
            "not-in",
            "includedNamespaces: [varied-till], labelSelector: {matchExpressions: ["
                + "{key: varied.test/tier, operator: NotIn, values: [front]}]}",
            NAMESPACES + "fees tariff safe"),
        row(
            "exists",
            "includedNamespaces: ['varied-[st]*'], includedResources: [configmaps, secrets],"
                + " labelSelector: {matchExpressions: [{key: varied.test/tier, operator: Exists}]}",
            "prices key fees"),
        row(
            "does-not-exist",
            "includedNamespaces: [varied-till], excludedResources: [secrets], labelSelector:"
                + " {matchExpressions: [{key: varied.test/tier, operator: DoesNotExist}]}",
            "varied-till varied-shop tariff"),
        row(
            "labels-and-expressions",
            ("labelSelector: {" + FRONT + ", matchExpressions: [")
                + "{key: varied.test/tier, operator: Exists}]}, includedClusterScopedResources:"
                + " [clusterroles], includedNamespaceScopedResources: [gadgets.varied.test]",
            NAMESPACES + "lamp bell varied-reader gadgets.varied.test"),
        row(
            "or-labels",
            "orLabelSelectors: [{" + FRONT + "}, {" + BACK + "}]",
            NAMESPACES + "prices lamp key bell fees varied-reader varied-star"),
        row(
            "or-labels-in-namespaces",
            "orLabelSelectors: [{"
                + FRONT
                + "}, {"
                + BACK
                + "}], includedNamespaces: ['*-till'],"
                + " includeClusterResources: false",
            "bell fees"));
  }

  private static FilterCase row(String name, String yaml, String taken) {
    return new FilterCase(name, yaml, VariedSet.names(taken));
  }

  /** The filter as data. */
  Map<String, Object> filter() {
    GenericKubernetesResource wrapped =
        Serialization.unmarshal("filter: {" + yaml + "}", GenericKubernetesResource.class);
    return wrapped.get("filter");
  }

  @Override
  public String toString() {
    return name;
  }
}
