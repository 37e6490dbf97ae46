package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** A Kubernetes label selector over the objects to back up (meta/v1 LabelSelector). */
@ValidationRule(
    value = "!has(self.matchLabels) || " + FilterSyntax.LABEL_VALUES_RULE,
    message = FilterSyntax.LABEL_VALUES_MESSAGE)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LabelSelector(
    @Size(max = 16) @JsonPropertyDescription("Labels that an object must carry.")
        Map<String, @Size(max = 63) String> matchLabels,
    @Size(max = 16) @JsonPropertyDescription("Further conditions; all must hold.")
        List<LabelRequirement> matchExpressions) {

  /** Null collections become empty. */
  public LabelSelector {
    matchLabels = Absent.orEmpty(matchLabels);
    matchExpressions = Absent.orEmpty(matchExpressions);
  }
}
