package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.claim.Absent;
import dev.kurator.backup.apis.claim.RestoreProgress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Velero's own status of the Restore, kept after Velero has forgotten it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VeleroRestoreObservation(
    @Nullable @JsonPropertyDescription("Velero's Backup that is restored, chosen once.")
        String backupName,
    @Nullable @JsonPropertyDescription("The point in time that comes back: when that Backup began.")
        String backupTimestamp,
    @Nullable @JsonPropertyDescription("Velero's phase, or NotStarted.") String phase,
    @Nullable @JsonPropertyDescription("When Velero began.") String startTimestamp,
    @Nullable @JsonPropertyDescription("When Velero ended.") String completionTimestamp,
    @Nullable @JsonPropertyDescription("How far Velero is.") RestoreProgress progress,
    @Nullable @JsonPropertyDescription("Errors that Velero counted.") Long errors,
    @Nullable @JsonPropertyDescription("Warnings that Velero counted.") Long warnings,
    @Nullable @JsonPropertyDescription("Why Velero failed the whole restore.") String failureReason,
    @JsonPropertyDescription("Why Velero refused the restore.") List<String> validationErrors,
    @JsonPropertyDescription("The first few errors and warnings, in Velero's words.")
        List<String> reasons)
    implements OperationObservation {

  /** Null lists become empty. */
  public VeleroRestoreObservation {
    validationErrors = Absent.orEmpty(validationErrors);
    reasons = Absent.orEmpty(reasons);
  }
}
