package dev.kurator.backup.apis.claim;

/** What becomes of objects that are there already (velero pkg/apis/velero/v1, Restore). */
public enum ExistingResourcePolicy {
  /** They stay as they are, and a warning says so. */
  none,
  /** They are patched to what the backup holds. */
  update
}
