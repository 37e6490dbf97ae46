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
    @Nullable
        @JsonPropertyDescription("Name of Velero's Backup on the member, once it has a phase.")
        String backupName,
    @JsonPropertyDescription(
            "Velero's phase of the Backup, or of the Schedule; Pending or NotStarted before there"
                + " is one.")
        String phase,
    @Nullable @JsonPropertyDescription("When Velero began.") String startTimestamp,
    @Nullable @JsonPropertyDescription("When Velero ended.") String completionTimestamp,
    @Nullable @JsonPropertyDescription("When Velero will delete the backup.") String expiration,
    @Nullable @JsonPropertyDescription("How far Velero is.") Progress progress,
    @Nullable @JsonPropertyDescription("Errors that Velero counted.") Long errors,
    @Nullable @JsonPropertyDescription("Warnings that Velero counted.") Long warnings,
    @Nullable @JsonPropertyDescription("Why Velero failed the whole backup.") String failureReason,
    @JsonPropertyDescription("Why Velero refused the backup.") List<String> validationErrors,
    @JsonPropertyDescription("The first few errors and warnings, in Velero's words.")
        List<String> reasons,
    @Nullable @JsonPropertyDescription("Of a schedule: the newest run, however it ends.")
        BackupMoment lastBackup,
    @Nullable @JsonPropertyDescription("Of a schedule: the newest run that is Completed.")
        BackupMoment lastSuccessfulBackup,
    @Nullable @JsonPropertyDescription("Of a schedule: when the next run is due.")
        String nextBackup,
    @JsonPropertyDescription("Of a schedule: the three newest runs, newest first.")
        List<BackupRun> runs,
    @Nullable @JsonPropertyDescription("What the entry waits for, or what to do next.")
        String message)
    implements OperationDetail {

  /** Null lists become empty. */
  public BackupDetail {
    validationErrors = Absent.orEmpty(validationErrors);
    reasons = Absent.orEmpty(reasons);
    runs = Absent.orEmpty(runs);
  }

  /**
   * An entry of which Velero knows nothing yet, or never will.
   *
   * @param message null where there is nothing to say
   */
  public static BackupDetail unseen(
      String clusterName, String policyName, String phase, @Nullable String message) {
    return new BackupDetail(
        clusterName,
        policyName,
        null,
        phase,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        null,
        null,
        null,
        List.of(),
        message);
  }
}
