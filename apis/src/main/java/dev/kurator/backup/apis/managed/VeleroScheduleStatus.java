package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.claim.Absent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** State of a VeleroSchedule. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VeleroScheduleStatus(
    @Nullable @JsonPropertyDescription("What is on the member.")
        VeleroScheduleObservation atProvider,
    @JsonPropertyDescription("Crossplane's conditions.") List<Condition> conditions,
    @Nullable @JsonPropertyDescription("Generation of the spec that this status is about.")
        Long observedGeneration) {

  /** Null lists become empty. */
  public VeleroScheduleStatus {
    conditions = Absent.orEmpty(conditions);
  }
}
