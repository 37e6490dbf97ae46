package dev.kurator.backup.test.cluster;

/**
 * A claim to apply, as YAML.
 *
 * @param kind Backup, Restore or Migrate
 * @param namespace where
 * @param name of the claim
 * @param spec its spec, not indented
 */
record ClaimYaml(String kind, String namespace, String name, String spec) {

  /** A Backup. */
  ClaimYaml(String namespace, String name, String spec) {
    this("Backup", namespace, name, spec);
  }

  /** A Restore. */
  static ClaimYaml restore(String namespace, String name, String spec) {
    return new ClaimYaml("Restore", namespace, name, spec);
  }

  /**
   * A Migrate of a namespace through a bed's object store.
   *
   * @param more of its spec, as YAML that is not indented
   */
  static ClaimYaml migrate(
      ObjectStore store, String namespace, String name, String source, String target, String more) {
    return new ClaimYaml(
        "Migrate",
        namespace,
        name,
        """
        storage:
          location:
            provider: aws
            bucket: %s
            s3Url: %s
          credentials: %s
        sourceCluster: %s
        targetCluster: %s
        %s\
        """
            .formatted(Example.BUCKET, store.url(), Example.CREDENTIALS, source, target, more));
  }

  /** A claim on a bed's object store, for some of its members. */
  static ClaimYaml on(ObjectStore store, String namespace, String name, String destination) {
    return new ClaimYaml(
        namespace,
        name,
        """
        storage:
          location:
            provider: aws
            bucket: %s
            s3Url: %s
          credentials: %s
        destination: %s
        policies:
        - name: shop
          policy:
            resourceFilter:
              includedNamespaces: [%s]
        """
            .formatted(
                Example.BUCKET, store.url(), Example.CREDENTIALS, destination, Example.WORKLOAD));
  }

  /** The whole manifest. */
  String text() {
    return """
    apiVersion: backup.kurator.dev/v1alpha1
    kind: %s
    metadata:
      namespace: %s
      name: %s
    spec:
    %s\
    """
        .formatted(kind, namespace, name, spec.indent(2));
  }
}
