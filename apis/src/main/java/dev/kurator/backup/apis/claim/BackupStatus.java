package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one status of a Backup; Crossplane adds the conditions. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BackupStatus(
    @Nullable @JsonPropertyDescription("Where the Backup stands.") BackupPhase phase,
    @Nullable @JsonPropertyDescription("The state of all members in one line.") String summary,
    @Nullable
        @JsonPropertyDescription(
            "What deleting the claim now would do to the data in the bucket: Retain once every"
                + " managed resource says so, Delete as long as any does not; absent = spec says"
                + " Delete, and nothing has been taken yet.")
        DeletionPolicy deletionPolicy,
    @JsonPropertyDescription("One entry for each member and policy, sorted by both.")
        List<BackupDetail> backupDetails) {

  /** Null lists become empty. */
  public BackupStatus {
    backupDetails = Absent.orEmpty(backupDetails);
  }
}
