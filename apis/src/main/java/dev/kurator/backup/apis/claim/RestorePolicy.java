package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.syntax.Syntax;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one restore takes from a backup and how (proposal: {@code policies[].policy}). */
@ValidationRule(value = RestoreSyntax.RESTORABLE_RULE, message = RestoreSyntax.RESTORABLE_MESSAGE)
@ValidationRule(value = RestoreSyntax.SCOPES_RULE, message = RestoreSyntax.SCOPES_MESSAGE)
@ValidationRule(value = RestoreSyntax.NAMED_RULE, message = RestoreSyntax.NAMED_MESSAGE)
@ValidationRule(value = RestoreSyntax.APART_RULE, message = RestoreSyntax.APART_MESSAGE)
@ValidationRule(value = RestoreSyntax.UNMAPPED_RULE, message = RestoreSyntax.UNMAPPED_MESSAGE)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RestorePolicy(
    @Nullable @JsonPropertyDescription("What to restore; absent = all that the backup holds.")
        ResourceFilter resourceFilter,
    @Size(max = 64)
        @JsonPropertyDescription(
            "Other namespaces to restore into: namespace in the backup to namespace on the member.")
        Map<String, @Size(min = 1, max = 63) String> namespaceMapping,
    @Nullable
        @JsonPropertyDescription("Kinds whose status is restored too; absent = no status at all.")
        RestoreStatusFilter restoreStatus,
    @Nullable @JsonPropertyDescription("Whether Services keep their node ports, default false.")
        Boolean preserveNodePorts,
    @Nullable
        @Size(max = Syntax.LONGEST_DURATION)
        @ValidationRule(value = Syntax.WAIT_RULE, message = Syntax.WAIT_MESSAGE)
        @JsonPropertyDescription(
            "How long Velero waits for asynchronous plugin operations, default 1h.")
        String itemOperationTimeout,
    @Nullable
        @JsonPropertyDescription(
            "What becomes of objects that are there already: none (default) leaves them, update"
                + " patches them.")
        ExistingResourcePolicy existingResourcePolicy) {

  /** Nothing set: all that the backup holds, with every default. */
  public static final RestorePolicy UNSET =
      new RestorePolicy(null, Map.of(), null, null, null, null);

  /** Null maps become empty. */
  public RestorePolicy {
    namespaceMapping = Absent.orEmpty(namespaceMapping);
  }
}
