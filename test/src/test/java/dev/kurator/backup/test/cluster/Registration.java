package dev.kurator.backup.test.cluster;

/**
 * A member as a test registers it, under a name of its own, to change what others rely on.
 *
 * @param name of the ClusterProviderConfig
 * @param fleet that it belongs to
 * @param secret with the kubeconfig, in Crossplane's namespace
 * @param namespace whose claims may use it
 * @param more of its spec, as YAML that is not indented
 */
record Registration(String name, String fleet, String secret, String namespace, String more) {

  /**
   * Settings for an engine beside others on a small machine.
   *
   * @param namespace of the engine
   */
  static String smallEngine(String namespace) {
    return """
    velero:
      namespace: %s
      concurrentBackups: 4
      resources: {requests: {cpu: 10m}}
      nodeAgent: {resources: {requests: {cpu: 10m}}}
    """
        .formatted(namespace);
  }

  /** The manifest. */
  String text() {
    return """
    apiVersion: velero.m.kurator.dev/v1alpha1
    kind: ClusterProviderConfig
    metadata: {name: %s, labels: {fleet.kurator.dev/name: %s}}
    spec:
      allowedNamespaces: ["%s"]
      credentials:
        source: Secret
        secretRef: {namespace: crossplane-system, name: %s, key: kubeconfig}
    %s\
    """
        .formatted(name, fleet, namespace, secret, more.indent(2));
  }
}
