package dev.kurator.backup.function.plan;

/** Where a claim of any kind stands; each kind's status knows some of these, by the same names. */
public enum ClaimPhase {
  /** Something in the claim or beside it must be mended first; the claim is still editable. */
  Pending,
  /** Accepted; what it needs is being made ready. */
  Preparing,
  /** At least one operation has begun. */
  Running,
  /** A Migrate's source is being backed up. */
  BackingUp,
  /** A Migrate's backup is Completed; its targets wait for it or restore it. */
  Restoring,
  /** Every schedule has been in place. */
  Scheduled,
  /** Every operation Completed. */
  Completed,
  /** All ended; some of them, or parts of them, failed. */
  PartiallyFailed,
  /** All ended; none did for certain what it should. */
  Failed;

  /** Whether nothing about the claim can change any more. */
  public boolean isFinal() {
    return switch (this) {
      case Completed, PartiallyFailed, Failed -> true;
      case Pending, Preparing, Running, BackingUp, Restoring, Scheduled -> false;
    };
  }
}
