package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one status of a Restore; Crossplane adds the conditions. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RestoreStatus(
    @Nullable @JsonPropertyDescription("Where the Restore stands.") RestorePhase phase,
    @Nullable @JsonPropertyDescription("The state of all members in one line.") String summary,
    @JsonPropertyDescription("One entry for each member and policy, sorted by both.")
        List<RestoreDetail> restoreDetails) {

  /** Null lists become empty. */
  public RestoreStatus {
    restoreDetails = Absent.orEmpty(restoreDetails);
  }
}
