package dev.kurator.backup.apis.claim;

/** What becomes of the backup data in the bucket when the claim is deleted. */
public enum DeletionPolicy {
  /** Everything in the bucket stays. */
  Retain,
  /** Backups, their data and their volume data are deleted through Velero. */
  Delete
}
