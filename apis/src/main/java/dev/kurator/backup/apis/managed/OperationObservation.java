package dev.kurator.backup.apis.managed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Velero says of any operation that runs once. */
public sealed interface OperationObservation
    permits VeleroBackupObservation, VeleroRestoreObservation {

  /** Velero's phase, or {@link Names#NOT_STARTED}; null before there is one. */
  @Nullable String phase();

  /** When Velero began, null before that. */
  @Nullable String startTimestamp();

  /** Errors that Velero counted, null before it has ended. */
  @Nullable Long errors();

  /** Warnings that Velero counted, null before it has ended. */
  @Nullable Long warnings();

  /** Why Velero failed the whole operation. */
  @Nullable String failureReason();

  /** Why Velero refused the operation. */
  List<String> validationErrors();

  /** The first few errors and warnings, in Velero's words. */
  List<String> reasons();
}
