package dev.kurator.backup.test.cluster;

import java.util.Map;

/**
 * A fleet of its own for one namespace of claims: the cluster of paris as "lyon", and the hub's own
 * as "rome".
 *
 * @param bed with the clusters
 * @param claims the namespace, which is called team- and something
 */
record Targets(Bed bed, String claims) {

  /** An address that nobody answers at (RFC 5737). */
  private static final String NOWHERE = "192.0.2.1";

  /** Registers both, for a namespace of claims of that name. */
  static Targets register(Bed bed, String name) {
    Targets targets = new Targets(bed, bed.namespace(name));
    bed.hub().storeKubeconfig(bed.hub().cluster());
    targets.register(targets.lyon(), targets.fleet(), "paris-kubeconfig", "");
    targets.register(targets.rome(), targets.fleet(), "hub-kubeconfig", "");
    return targets;
  }

  /** The fleet. */
  String fleet() {
    return called("south");
  }

  /** Registered name of the cluster of paris. */
  String lyon() {
    return called("lyon");
  }

  /** Registered name of the hub's cluster. */
  String rome() {
    return called("rome");
  }

  /** Both clusters, by registered name. */
  Map<String, Member> members() {
    return Map.of(lyon(), bed.paris(), rome(), new Member(bed.hub().cluster()));
  }

  /** A name that no other namespace of claims has. */
  String called(String what) {
    return claims.replace("team", what);
  }

  /**
   * Registers a cluster that cannot be reached.
   *
   * @param more of its spec, as YAML that is not indented
   */
  void registerNowhere(String name, String fleet, String more) {
    String secret = name + "-kubeconfig";
    bed.hub()
        .secret(
            Hub.CROSSPLANE,
            secret,
            "kubeconfig",
            bed.paris()
                .cluster()
                .internalKubeconfig()
                .replaceAll("https://[^:]+:", "https://" + NOWHERE + ":"));
    register(name, fleet, secret, more);
  }

  private void register(String name, String fleet, String secret, String more) {
    bed.hub().cluster().apply(new Registration(name, fleet, secret, claims, more).text());
  }
}
