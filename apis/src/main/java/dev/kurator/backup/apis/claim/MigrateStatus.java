package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one status of a Migrate; Crossplane adds the conditions. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MigrateStatus(
    @Nullable @JsonPropertyDescription("Where the Migrate stands.") MigratePhase phase,
    @Nullable @JsonPropertyDescription("The state of source and targets in one line.")
        String summary,
    @Nullable
        @JsonPropertyDescription(
            "What deleting the claim now would do to the data in the bucket: Retain once every"
                + " managed resource says so, Delete as long as any does not; absent = spec says"
                + " Delete, and nothing has been taken yet.")
        DeletionPolicy deletionPolicy,
    @Nullable @JsonPropertyDescription("The backup on the source.")
        BackupDetail sourceClusterStatus,
    @JsonPropertyDescription("The restore on each target, sorted by name.")
        List<RestoreDetail> targetClusterStatus) {

  /** Null lists become empty. */
  public MigrateStatus {
    targetClusterStatus = Absent.orEmpty(targetClusterStatus);
  }
}
