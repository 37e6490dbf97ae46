package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One member and policy of a Restore: Velero's own status under our names for where and what. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RestoreDetail(
    @JsonPropertyDescription("The member.") String clusterName,
    @JsonPropertyDescription("The policy.") String policyName,
    @Nullable @JsonPropertyDescription("Velero's Backup that is restored, chosen once.")
        String backupName,
    @Nullable @JsonPropertyDescription("The point in time that comes back: when that Backup began.")
        String backupTimestamp,
    @Nullable
        @JsonPropertyDescription("Name of Velero's Restore on the member, once it has a phase.")
        String restoreName,
    @JsonPropertyDescription("Velero's phase; Pending or NotStarted before there is one.")
        String phase,
    @Nullable @JsonPropertyDescription("When Velero began.") String startTimestamp,
    @Nullable @JsonPropertyDescription("When Velero ended.") String completionTimestamp,
    @Nullable @JsonPropertyDescription("How far Velero is.") RestoreProgress progress,
    @Nullable @JsonPropertyDescription("Errors that Velero counted.") Long errors,
    @Nullable @JsonPropertyDescription("Warnings that Velero counted.") Long warnings,
    @Nullable @JsonPropertyDescription("Why Velero failed the whole restore.") String failureReason,
    @JsonPropertyDescription("Why Velero refused the restore.") List<String> validationErrors,
    @JsonPropertyDescription("The first few errors and warnings, in Velero's words.")
        List<String> reasons,
    @Nullable @JsonPropertyDescription("What the entry waits for, or what to do next.")
        String message)
    implements OperationDetail {

  /** Null lists become empty. */
  public RestoreDetail {
    validationErrors = Absent.orEmpty(validationErrors);
    reasons = Absent.orEmpty(reasons);
  }

  /**
   * An entry of which Velero knows nothing yet, or never will.
   *
   * @param message null where there is nothing to say
   */
  public static RestoreDetail unseen(
      String clusterName, String policyName, String phase, @Nullable String message) {
    return new RestoreDetail(
        clusterName,
        policyName,
        null,
        null,
        null,
        phase,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        message);
  }
}
