package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** Labels of members (proposal: {@code clusterSelector}). */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ClusterSelector(
    @Size(max = 16)
        @JsonPropertyDescription("A member matches when it carries every one of these labels.")
        Map<String, @Size(max = 63) String> matchLabels) {

  /** Null maps become empty. */
  public ClusterSelector {
    matchLabels = Absent.orEmpty(matchLabels);
  }
}
