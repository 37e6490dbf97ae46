package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroBackupObservation;

/** What to do next for a VeleroBackup. */
sealed interface BackupStep {

  /** It is over: nothing, ever again. */
  record Rest() implements BackupStep {}

  /** Something must happen first. */
  record Wait(String message) implements BackupStep {}

  /** Make Velero's Backup of this name. */
  record Create(String name) implements BackupStep {}

  /** Velero's Backup of this name is this very backup, from before this resource. */
  record Adopt(String name, VeleroBackupObservation observation) implements BackupStep {}

  /** Velero's Backup is there: report on it. */
  record Watch(String name, VeleroBackupObservation observation) implements BackupStep {}

  /** It is over without Velero. */
  record End(VeleroBackupObservation observation) implements BackupStep {}
}
