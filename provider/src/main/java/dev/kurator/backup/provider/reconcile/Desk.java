package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.member.Members;
import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * What every reconciler works with.
 *
 * @param hubId the chosen identity of the hub
 */
record Desk(
    String hubId,
    Members members,
    Targets targets,
    HubLeases leases,
    Uses uses,
    SecretWatches secrets,
    Triggers triggers,
    Releases releases,
    TerminatingNamespaces terminating,
    Events events,
    States states,
    ReconcileFailures failures) {

  /** The managed resource is no more. */
  void gone(User user, HasMetadata resource) {
    release(user);
    states.gone(user, resource);
  }

  /** The managed resource needs no member and no Secret any more: what nobody needs is closed. */
  void release(User user) {
    uses.drop(user);
    members.retainOnly(uses::members);
    secrets.keepOnly(uses::secrets);
  }
}
