package dev.kurator.backup.provider.reconcile;

/** Whether this hub may work on a member. */
sealed interface LeaseHold {

  /**
   * It holds the Lease.
   *
   * @param began when the round of the last renewal began
   * @param settled from when it may write, since its former holder may have been at work
   */
  record Held(long began, long settled) implements LeaseHold {}

  /** Another hub may be at work there; it passes by itself. */
  record Waiting(String problem) implements LeaseHold {}

  /**
   * Another hub with the same id is at work there.
   *
   * @param holder what the Lease says
   */
  record OtherHub(String holder, String problem) implements LeaseHold {}

  /** The Lease could not be read or renewed; the problem says why. */
  record Failed(String problem) implements LeaseHold {}

  /** The registration's credentials do not allow it; the problem says what is needed. */
  record Forbidden(String problem) implements LeaseHold {}
}
