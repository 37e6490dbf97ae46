package dev.kurator.backup.provider.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/** One managed resource, as a user of members and Secrets. */
record User(ManagedKind kind, ResourceID id) {

  /** The managed resource itself. */
  static User of(ManagedKind kind, HasMetadata resource) {
    return new User(kind, ResourceID.fromResource(resource));
  }
}
