package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of a schedule: Velero's own status of the Backup that it made. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BackupRun(
    @JsonPropertyDescription("Name of Velero's Backup on the member.") String name,
    @JsonPropertyDescription("Velero's phase.") String phase,
    @Nullable @JsonPropertyDescription("When Velero began.") String startTimestamp,
    @Nullable @JsonPropertyDescription("When Velero ended.") String completionTimestamp,
    @Nullable @JsonPropertyDescription("When Velero will delete the backup.") String expiration,
    @Nullable @JsonPropertyDescription("Errors that Velero counted.") Long errors,
    @Nullable @JsonPropertyDescription("Warnings that Velero counted.") Long warnings,
    @Nullable @JsonPropertyDescription("Why the run failed, in Velero's words.")
        String failureReason,
    @JsonPropertyDescription(
            "The first few errors and warnings, in Velero's words, of the newest run that has"
                + " some.")
        List<String> reasons) {

  /** Null lists become empty. */
  public BackupRun {
    reasons = Absent.orEmpty(reasons);
  }

  /** The same run with the first few errors and warnings in it. */
  public BackupRun explained(List<String> words) {
    return new BackupRun(
        name,
        phase,
        startTimestamp,
        completionTimestamp,
        expiration,
        errors,
        warnings,
        failureReason,
        words);
  }
}
