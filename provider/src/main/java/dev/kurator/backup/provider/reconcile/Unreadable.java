package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.HubResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/**
 * Resources of which something cannot be read. Nothing is made or changed for one, but it counts
 * where anything is to go that it may need, and its own deletion takes what cannot be read for
 * absent.
 */
final class Unreadable {

  /** How a managed resource names its registration. */
  static final String REFERENCE = "spec.providerConfigRef";

  /** How an operation names its VeleroInstall. */
  static final String INSTALL = "spec.forProvider.installName";

  private Unreadable() {}

  /** Why nothing is done for a resource, and what to do; empty where all of it can be read. */
  static Optional<String> problem(HasMetadata resource) {
    return resource instanceof HubResource<?, ?> ours ? ours.unreadableProblem() : Optional.empty();
  }

  /** Whether something at that field cannot be read. */
  static boolean at(HasMetadata resource, String field) {
    return resource instanceof HubResource<?, ?> ours && ours.unreadableAt(field);
  }
}
