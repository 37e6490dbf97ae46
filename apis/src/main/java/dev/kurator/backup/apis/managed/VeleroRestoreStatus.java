package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.claim.Absent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** State of a VeleroRestore. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VeleroRestoreStatus(
    @Nullable @JsonPropertyDescription("What is on the member.")
        VeleroRestoreObservation atProvider,
    @JsonPropertyDescription("Crossplane's conditions.") List<Condition> conditions,
    @Nullable @JsonPropertyDescription("Generation of the spec that this status is about.")
        Long observedGeneration) {

  /** Null lists become empty. */
  public VeleroRestoreStatus {
    conditions = Absent.orEmpty(conditions);
  }
}
