package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Kinds whose status is restored too (proposal: {@code restoreStatus}). */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RestoreStatusFilter(
    @Size(max = 64)
        @JsonPropertyDescription(
            "Kinds whose status is restored, as resource or resource.group; absent = all.")
        List<@Size(min = 1, max = 253) String> includedResources,
    @Size(max = 64)
        @JsonPropertyDescription(
            "Kinds whose status is not restored, as resource or resource.group.")
        List<@Size(min = 1, max = 253) String> excludedResources) {

  /** Null lists become empty. */
  public RestoreStatusFilter {
    includedResources = Absent.orEmpty(includedResources);
    excludedResources = Absent.orEmpty(excludedResources);
  }
}
