package dev.kurator.backup.test.cluster;

/**
 * A Backup claim to apply, as YAML.
 *
 * @param namespace where
 * @param name of the claim
 * @param spec its spec, not indented
 */
record ClaimYaml(String namespace, String name, String spec) {

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
    kind: Backup
    metadata:
      namespace: %s
      name: %s
    spec:
    %s\
    """
        .formatted(namespace, name, spec.indent(2));
  }
}
