package dev.kurator.backup.apis.claim;

/** Where a Restore claim stands. */
public enum RestorePhase {
  /** Something in the claim or beside it must be mended first; the claim is still editable. */
  Pending,
  /** Accepted; engine, storage and backups are being made ready. */
  Preparing,
  /** At least one restore has begun. */
  Running,
  /** Every restore Completed. */
  Completed,
  /** All ended; some of them, or parts of them, failed. */
  PartiallyFailed,
  /** All ended; none restored anything for certain. */
  Failed
}
