package dev.kurator.backup.provider.velero;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/** The kinds of {@code velero.io/v1} that we read or write; all of them are namespaced. */
public enum VeleroKind {
  Backup("backups"),
  Schedule("schedules"),
  Restore("restores"),
  BackupStorageLocation("backupstoragelocations"),
  DeleteBackupRequest("deletebackuprequests"),
  DownloadRequest("downloadrequests"),
  BackupRepository("backuprepositories");

  /** Velero's API group. */
  public static final String GROUP = "velero.io";

  /** The version of that group that holds these kinds. */
  public static final String VERSION = "v1";

  /** Group and version, as objects name them. */
  public static final String API_VERSION = GROUP + "/" + VERSION;

  private final String plural;

  VeleroKind(String plural) {
    this.plural = plural;
  }

  /** The resource name in URLs. */
  public String plural() {
    return plural;
  }

  /** An object of this kind with nothing in it but its metadata. */
  GenericKubernetesResource object(ObjectMeta metadata) {
    GenericKubernetesResource object = new GenericKubernetesResource();
    object.setApiVersion(API_VERSION);
    object.setKind(name());
    object.setMetadata(metadata);
    return object;
  }
}
