package dev.kurator.backup.apis.claim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every claim says about one member and policy, whatever is done there. */
public sealed interface OperationDetail permits BackupDetail, RestoreDetail {

  /** The member. */
  String clusterName();

  /** The policy. */
  String policyName();

  /** Velero's phase; Pending or NotStarted before there is one. */
  String phase();

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

  /** What the entry waits for, or what to do next. */
  @Nullable String message();
}
