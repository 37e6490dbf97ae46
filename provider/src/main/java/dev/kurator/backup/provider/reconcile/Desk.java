package dev.kurator.backup.provider.reconcile;

/**
 * What every reconciler works with.
 *
 * @param hubId the chosen identity of the hub
 */
record Desk(
    String hubId,
    Targets targets,
    Uses uses,
    SecretWatches secrets,
    Triggers triggers,
    Releases releases,
    Events events,
    States states) {

  /** The managed resource needs no member and no Secret any more. */
  void release(User user) {
    targets.release(user);
  }
}
