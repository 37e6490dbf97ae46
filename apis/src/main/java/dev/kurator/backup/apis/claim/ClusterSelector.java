package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.syntax.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** Labels of members (proposal: {@code clusterSelector}). */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ClusterSelector(
    @Size(max = 16)
        @ValidationRule(value = Syntax.LABEL_KEYS_RULE, message = Syntax.LABEL_KEY_MESSAGE)
        @JsonPropertyDescription("A member matches when it carries every one of these labels.")
        Map<String, @Size(max = 63) @Pattern(Syntax.LABEL_VALUE) String> matchLabels) {

  /** Null maps become empty. */
  public ClusterSelector {
    matchLabels = Absent.orEmpty(matchLabels);
  }
}
