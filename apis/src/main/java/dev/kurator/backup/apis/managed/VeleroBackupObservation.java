package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.claim.Absent;
import dev.kurator.backup.apis.claim.Progress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Velero's own status of the Backup, kept after Velero has forgotten it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VeleroBackupObservation(
    @Nullable @JsonPropertyDescription("Velero's phase, or NotStarted.") String phase,
    @Nullable @JsonPropertyDescription("When Velero began.") String startTimestamp,
    @Nullable @JsonPropertyDescription("When Velero ended.") String completionTimestamp,
    @Nullable @JsonPropertyDescription("When Velero will delete the backup.") String expiration,
    @Nullable @JsonPropertyDescription("How far Velero is.") Progress progress,
    @Nullable @JsonPropertyDescription("Errors that Velero counted.") Long errors,
    @Nullable @JsonPropertyDescription("Warnings that Velero counted.") Long warnings,
    @Nullable @JsonPropertyDescription("Why Velero failed the whole backup.") String failureReason,
    @JsonPropertyDescription("Why Velero refused the backup.") List<String> validationErrors,
    @JsonPropertyDescription("The first few errors and warnings, in Velero's words.")
        List<String> reasons)
    implements OperationObservation {

  /** Null lists become empty. */
  public VeleroBackupObservation {
    validationErrors = Absent.orEmpty(validationErrors);
    reasons = Absent.orEmpty(reasons);
  }

  /** One of which only the phase is known; null where not even that. */
  public static VeleroBackupObservation inPhase(@Nullable String phase) {
    return new VeleroBackupObservation(
        phase, null, null, null, null, null, null, null, List.of(), List.of());
  }
}
