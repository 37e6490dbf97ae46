package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;

/** The kinds that tests look at and no client library knows. */
enum Kind {
  /** The claim that backs up. */
  BACKUP("backup.kurator.dev/v1alpha1", "Backup"),
  /** The claim that restores. */
  RESTORE("backup.kurator.dev/v1alpha1", "Restore"),
  /** The claim that migrates. */
  MIGRATE("backup.kurator.dev/v1alpha1", "Migrate"),
  /** Managed resource: engine and storage on a member. */
  VELERO_INSTALL("velero.m.kurator.dev/v1alpha1", "VeleroInstall"),
  /** Managed resource: one backup on a member. */
  VELERO_BACKUP("velero.m.kurator.dev/v1alpha1", "VeleroBackup"),
  /** Managed resource: the schedule of a policy on a member. */
  VELERO_SCHEDULE("velero.m.kurator.dev/v1alpha1", "VeleroSchedule"),
  /** Managed resource: one restore on a member. */
  VELERO_RESTORE("velero.m.kurator.dev/v1alpha1", "VeleroRestore"),
  /** Registration of a member for claims of its own namespace. */
  PROVIDER_CONFIG("velero.m.kurator.dev/v1alpha1", "ProviderConfig"),
  /** Registration of a member. */
  CLUSTER_PROVIDER_CONFIG("velero.m.kurator.dev/v1alpha1", "ClusterProviderConfig"),
  /** Crossplane's package with the API. */
  CONFIGURATION("pkg.crossplane.io/v1", "Configuration"),
  /** Crossplane's package with the function. */
  FUNCTION("pkg.crossplane.io/v1", "Function"),
  /** Crossplane's package with the provider. */
  PROVIDER("pkg.crossplane.io/v1", "Provider"),
  /** Velero's own backup, on a member. */
  VELERO_IO_BACKUP("velero.io/v1", "Backup"),
  /** Velero's own schedule, on a member. */
  VELERO_IO_SCHEDULE("velero.io/v1", "Schedule"),
  /** Velero's own record of one volume in a backup, on a member. */
  VELERO_IO_VOLUME("velero.io/v1", "PodVolumeBackup"),
  /** Velero's own wish to delete a backup, on a member. */
  VELERO_IO_DELETION("velero.io/v1", "DeleteBackupRequest"),
  /** Velero's own restore, on a member. */
  VELERO_IO_RESTORE("velero.io/v1", "Restore"),
  /** Velero's own connection to the repository of a namespace's volumes, on a member. */
  VELERO_IO_REPOSITORY("velero.io/v1", "BackupRepository"),
  /** Velero's own storage location, on a member. */
  VELERO_IO_LOCATION("velero.io/v1", "BackupStorageLocation");

  private final String apiVersion;
  private final String kind;

  Kind(String apiVersion, String kind) {
    this.apiVersion = apiVersion;
    this.kind = kind;
  }

  /** Its name as manifests spell it. */
  String title() {
    return kind;
  }

  /** All objects of this kind on a cluster; the cluster must know the kind. */
  MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      on(KubernetesClient client) {
    return client.genericKubernetesResources(apiVersion, kind);
  }
}
