package dev.kurator.backup.apis.claim;

/** Where a Migrate claim stands. */
public enum MigratePhase {
  /** Something in the claim or beside it must be mended first; the claim is still editable. */
  Pending,
  /** Accepted; engines and storage are being made ready. */
  Preparing,
  /** The source's backup has begun. */
  BackingUp,
  /** The backup is Completed; the targets wait for it or restore it. */
  Restoring,
  /** Every target Completed. */
  Completed,
  /** All ended; some targets, or parts of them, failed. */
  PartiallyFailed,
  /** All ended; no target has anything for certain. */
  Failed
}
