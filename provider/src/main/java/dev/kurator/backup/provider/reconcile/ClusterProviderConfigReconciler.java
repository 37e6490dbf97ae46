package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.ClusterProviderConfig;

/** Keeps a registration of the whole hub while it is in use. */
final class ClusterProviderConfigReconciler extends ConfigReconciler<ClusterProviderConfig> {

  ClusterProviderConfigReconciler(
      ConfigCare care, ConfigEvents events, ReconcileFailures failures) {
    super(care, events.ofHub(), Registration::of, failures);
  }
}
