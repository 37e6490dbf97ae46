package dev.kurator.backup.test.cluster;

import java.time.Duration;

/**
 * Managed resources as a user writes them, without a claim.
 *
 * @param bed where
 * @param namespace of the resources, with the object store's credentials in it
 */
record HandWritten(Bed bed, String namespace) {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /**
   * Connects a member to the location that the namespace's claims use there, so that it stays while
   * claims come and go; waits until it is Ready.
   *
   * @param config name of the ClusterProviderConfig
   * @return the name of the VeleroInstall
   */
  String install(String config) {
    String name = applyInstall(config);
    Await.until(
        "VeleroInstall " + name + " is Ready",
        PATIENCE,
        Kind.VELERO_INSTALL.on(bed.hub().client()).inNamespace(namespace).withName(name),
        install -> State.is(install, "Ready", "True"));
    return name;
  }

  /** Like {@link #install}, without waiting. */
  String applyInstall(String config) {
    String name = "by-hand-" + config;
    bed.hub()
        .cluster()
        .apply(
            """
            apiVersion: velero.m.kurator.dev/v1alpha1
            kind: VeleroInstall
            metadata: {namespace: %s, name: %s}
            spec:
              providerConfigRef: {kind: ClusterProviderConfig, name: %s}
              forProvider:
                accessMode: ReadWrite
                location: {provider: aws, bucket: %s, s3Url: "%s", prefix: %s/%s}
                credentials: {name: %s, key: cloud}
            """
                .formatted(
                    namespace,
                    name,
                    config,
                    Example.BUCKET,
                    bed.store().url(),
                    namespace,
                    config,
                    Example.CREDENTIALS));
    return name;
  }

  /**
   * A VeleroBackup of the workload; does not wait.
   *
   * @param more lines of its spec, such as managementPolicies
   */
  void backup(String name, String install, String config, String more) {
    bed.hub()
        .cluster()
        .apply(
            """
            apiVersion: velero.m.kurator.dev/v1alpha1
            kind: VeleroBackup
            metadata:
              namespace: %s
              name: %s
              annotations: {crossplane.io/external-name: %s}
            spec:
              providerConfigRef: {kind: ClusterProviderConfig, name: %s}
              forProvider:
                name: %s
                installName: %s
                policy: {resourceFilter: {includedNamespaces: [%s]}}
            %s\
            """
                .formatted(
                    namespace,
                    name,
                    name,
                    config,
                    name,
                    install,
                    Example.WORKLOAD,
                    more.indent(2)));
  }

  /**
   * A VeleroRestore; does not wait.
   *
   * @param backup Velero's Backup
   * @param policy how, as flow YAML
   */
  void restore(String name, String install, String config, String backup, String policy) {
    bed.hub()
        .cluster()
        .apply(
            """
            apiVersion: velero.m.kurator.dev/v1alpha1
            kind: VeleroRestore
            metadata: {namespace: %s, name: %s}
            spec:
              providerConfigRef: {kind: ClusterProviderConfig, name: %s}
              forProvider:
                name: %s
                installName: %s
                backupName: %s
                policy: %s
            """
                .formatted(namespace, name, config, name, install, backup, policy));
  }
}
