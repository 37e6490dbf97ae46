package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.claim.Absent;
import dev.kurator.backup.apis.claim.BackupMoment;
import dev.kurator.backup.apis.claim.BackupRun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Velero's own status of the Schedule, and what its newest Backups say. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VeleroScheduleObservation(
    @Nullable @JsonPropertyDescription("Velero's phase: New, Enabled or FailedValidation.")
        String phase,
    @Nullable @JsonPropertyDescription("The newest run, however it ends.") BackupMoment lastBackup,
    @Nullable @JsonPropertyDescription("The newest run that is Completed.")
        BackupMoment lastSuccessfulBackup,
    @Nullable @JsonPropertyDescription("When the next run is due; absent while paused.")
        String nextBackup,
    @JsonPropertyDescription("The three newest runs, newest first.") List<BackupRun> runs,
    @JsonPropertyDescription("Why Velero refused the schedule.") List<String> validationErrors) {

  /** Null lists become empty. */
  public VeleroScheduleObservation {
    runs = Absent.orEmpty(runs);
    validationErrors = Absent.orEmpty(validationErrors);
  }
}
