package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.syntax.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** One condition of a label selector (meta/v1 LabelSelectorRequirement). */
@ValidationRule(
    value = "(self.operator in ['In','NotIn']) == (has(self.values) && size(self.values) > 0)",
    message = "values belong to In and NotIn, which need at least one")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LabelRequirement(
    @Required
        @Size(min = 1, max = 317)
        @ValidationRule(value = Syntax.LABEL_KEY_RULE, message = Syntax.LABEL_KEY_MESSAGE)
        @JsonPropertyDescription("The label's key.")
        String key,
    @Required @JsonPropertyDescription("How the label relates to the values.") Operator operator,
    @Size(max = 32) @JsonPropertyDescription("Values for In and NotIn; none otherwise.")
        List<@Size(max = 63) @Pattern(Syntax.LABEL_VALUE) String> values) {

  /** Null lists become empty. */
  public LabelRequirement {
    values = Absent.orEmpty(values);
  }

  /** The operators of meta/v1. */
  public enum Operator {
    In,
    NotIn,
    Exists,
    DoesNotExist
  }
}
