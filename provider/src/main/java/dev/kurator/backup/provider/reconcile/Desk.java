package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.member.Members;

/**
 * What every reconciler works with.
 *
 * @param hubId the chosen identity of the hub
 */
record Desk(
    String hubId,
    Members members,
    Targets targets,
    Uses uses,
    SecretWatches secrets,
    Triggers triggers,
    Releases releases,
    Events events,
    States states) {

  /** The managed resource needs no member and no Secret any more: what nobody needs is closed. */
  void release(User user) {
    uses.drop(user);
    members.retainOnly(uses.members());
    secrets.keepOnly(uses.secrets());
  }
}
