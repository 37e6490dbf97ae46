package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.ProviderConfig;

/** Keeps a registration of one namespace while it is in use. */
final class ProviderConfigReconciler extends ConfigReconciler<ProviderConfig> {

  ProviderConfigReconciler(ConfigCare care, ConfigEvents events, ReconcileFailures failures) {
    super(care, events.ofNamespaces(), Registration::of, failures);
  }
}
