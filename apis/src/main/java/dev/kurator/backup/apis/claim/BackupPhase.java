package dev.kurator.backup.apis.claim;

/** Where a Backup claim stands. */
public enum BackupPhase {
  /** Something in the claim or beside it must be mended first; the claim is still editable. */
  Pending,
  /** Accepted; engine and storage are being made ready. */
  Preparing,
  /** At least one backup has begun. */
  Running,
  /** A schedule is in place. */
  Scheduled,
  /** Every backup Completed. */
  Completed,
  /** All ended; some of them, or parts of them, failed. */
  PartiallyFailed,
  /** All ended; none left a usable backup. */
  Failed
}
