package dev.kurator.backup.provider.velero;

/** Whether a BackupStorageLocation may take backups. */
public sealed interface LocationReadiness {

  /** Available, and synced since it was made. */
  record Ready() implements LocationReadiness {}

  /** Not yet, or not any more; the message says why and never holds credentials. */
  record NotReady(String message) implements LocationReadiness {}
}
