package dev.kurator.backup.bench;

/** The objects of the request, as an API server shows them. */
final class Texts {

  static final String CLAIM =
      """
      apiVersion: backup.kurator.dev/v1alpha1
      kind: Backup
      metadata:
        {namespace: team-shop, name: before-upgrade, uid: 5f1c, generation: 3,
         creationTimestamp: "2026-11-22T12:00:00Z"}
      spec:
        crossplane: {compositionRef: {name: backups.backup.kurator.dev}}
        storage:
          location: {provider: aws, bucket: backups, region: eu-west-1}
          credentials: bucket-credentials
        destination: {fleet: europe}
        policies:
        - name: shop
          policy:
            ttl: 240h
            resourceFilter:
              includedNamespaces: [shop, "shop-*"]
              labelSelector: {matchLabels: {tier: web}}
        - name: billing
          policy:
            resourceFilter: {includedNamespaces: [billing], excludedResources: [events]}
        - name: everything
          policy: {ttl: 2160h, orderedResources: {pods: "shop/till,shop/ledger"}}
      """;

  /** The same claim without policies, which is one for everything. */
  static final String ONE_POLICY = CLAIM.substring(0, CLAIM.indexOf("  policies:"));

  /** To be formatted with a number. */
  static final String MEMBER =
      """
      apiVersion: velero.m.kurator.dev/v1alpha1
      kind: ClusterProviderConfig
      metadata:
        name: member-%03d
        uid: 0c7d
        creationTimestamp: "2026-11-01T12:00:00Z"
        labels: {fleet.kurator.dev/name: europe, env: prod}
      spec:
        credentials:
          source: Secret
          secretRef: {namespace: crossplane-system, name: kubeconfig, key: kubeconfig}
        allowedNamespaces: ["team-*"]
      """;

  /** Server-side apply's bookkeeping is a large part of what is sent. */
  static final String METADATA =
      """
      uid: 8b0f8e0c-58a5-4a3e-9d0c-0d6f5a3c7f11
      resourceVersion: "123456"
      generation: 1
      creationTimestamp: "2026-11-22T12:00:05Z"
      finalizers: [velero.m.kurator.dev/finalizer]
      annotations:
        crossplane.io/composition-resource-name: some-resource
        crossplane.io/external-name: team-shop-before-upgrade-shop-1a2b3c4d
      ownerReferences:
      - {apiVersion: backup.kurator.dev/v1alpha1, kind: Backup, name: before-upgrade, uid: 5f1c,
         controller: true, blockOwnerDeletion: true}
      managedFields:
      - manager: apiextensions.crossplane.io/composed/6a2f
        operation: Apply
        apiVersion: velero.m.kurator.dev/v1alpha1
        time: "2026-11-22T12:00:05Z"
        fieldsType: FieldsV1
        fieldsV1:
          f:metadata:
            f:annotations: {f:crossplane.io/composition-resource-name: {}}
            f:labels: {f:backup.kurator.dev/claim-name: {}, f:backup.kurator.dev/policy: {}}
            f:ownerReferences: {'k:{"uid":"5f1c"}': {}}
          f:spec:
            f:forProvider:
              {f:name: {}, f:installName: {}, f:policyHash: {}, f:startDeadline: {},
               f:policy: {f:ttl: {}, f:itemOperationTimeout: {}, f:resourceFilter: {}}}
            f:providerConfigRef: {f:kind: {}, f:name: {}}
      - manager: provider-velero
        operation: Apply
        apiVersion: velero.m.kurator.dev/v1alpha1
        subresource: status
        time: "2026-11-22T12:01:05Z"
        fieldsType: FieldsV1
        fieldsV1:
          f:status:
            f:conditions: {'k:{"type":"Ready"}': {}, 'k:{"type":"Synced"}': {}}
            f:atProvider: {f:phase: {}, f:startTimestamp: {}, f:progress: {}}
      """;

  static final String INSTALLED =
      """
      atProvider:
        {memberIdentity: 0b6c3a52-7c0e-4c6f-9a35-a0e5f6d3f8a1, namespace: velero, version: v1.18.3,
         nodeAgentsDesired: 3, nodeAgentsReady: 3, storageLocation: team-shop-1a2b3c4d,
         storageLocationPhase: Available}
      conditions:
      - {type: Ready, status: "True", reason: Available, lastTransitionTime: "2026-11-22T12:01:05Z"}
      - {type: Synced, status: "True", reason: ReconcileSuccess,
         lastTransitionTime: "2026-11-22T12:01:05Z"}
      """;

  static final String COMPLETED =
      """
      atProvider:
        {phase: Completed, startTimestamp: "2026-11-22T12:02:00Z", errors: 0, warnings: 0,
         completionTimestamp: "2026-11-22T12:04:00Z", expiration: "2026-12-22T12:02:00Z",
         progress: {totalItems: 230, itemsBackedUp: 230}}
      conditions:
      - {type: Ready, status: "True", reason: Available, lastTransitionTime: "2026-11-22T12:04:05Z"}
      - {type: Synced, status: "True", reason: ReconcileSuccess,
         lastTransitionTime: "2026-11-22T12:01:05Z"}
      """;

  static final String RUNNING =
      """
      atProvider:
        {phase: InProgress, startTimestamp: "2026-11-22T12:02:00Z",
         expiration: "2026-12-22T12:02:00Z", progress: {totalItems: 230, itemsBackedUp: 17}}
      conditions:
      - {type: Ready, status: "False", reason: Creating, message: the backup is running,
         lastTransitionTime: "2026-11-22T12:01:05Z"}
      - {type: Synced, status: "True", reason: ReconcileSuccess,
         lastTransitionTime: "2026-11-22T12:01:05Z"}
      """;

  private Texts() {}
}
