package dev.kurator.backup.provider.reconcile;

/** Reasons of Events: crossplane-runtime's, and our own {@code Adopted} and {@code NameTaken}. */
enum EventReason {
  CreatedExternalResource,
  DeletedExternalResource,
  CannotConnectToProvider,
  CannotObserveExternalResource,
  CannotCreateExternalResource,
  CannotUpdateExternalResource,
  CannotDeleteExternalResource,
  ReconciliationPaused,
  Adopted,
  NameTaken,
  NotStarted,
  UsageAccounting,
  ReconcileError
}
