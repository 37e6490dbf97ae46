package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One member and policy of a Backup: Velero's own status under our names for where and what. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BackupDetail(
    @JsonPropertyDescription("The member.") String clusterName,
    @JsonPropertyDescription("The policy.") String policyName,
    @Nullable @JsonPropertyDescription("Name of Velero's Backup on the member.") String backupName,
    @JsonPropertyDescription("Velero's phase; Pending or NotStarted before there is one.")
        String phase,
    @Nullable @JsonPropertyDescription("When Velero began.") String startTimestamp,
    @Nullable @JsonPropertyDescription("When Velero ended.") String completionTimestamp,
    @Nullable @JsonPropertyDescription("When Velero will delete the backup.") String expiration,
    @Nullable @JsonPropertyDescription("How far Velero is.") Progress progress,
    @Nullable @JsonPropertyDescription("Errors that Velero counted.") Long errors,
    @Nullable @JsonPropertyDescription("Warnings that Velero counted.") Long warnings,
    @Nullable @JsonPropertyDescription("Why Velero failed the whole backup.") String failureReason,
    @JsonPropertyDescription("Why Velero refused the backup.") List<String> validationErrors,
    @Nullable @JsonPropertyDescription("What the entry waits for, or what to do next.")
        String message) {

  /** Null lists become empty. */
  public BackupDetail {
    validationErrors = Absent.orEmpty(validationErrors);
  }
}
