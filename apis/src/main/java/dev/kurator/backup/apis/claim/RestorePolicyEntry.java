package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.syntax.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One entry of a Restore's {@code spec.policies}. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RestorePolicyEntry(
    @Required
        @Size(min = 1, max = 63)
        @Pattern(Syntax.DNS_LABEL)
        @JsonPropertyDescription(
            "Name of a policy of the Backup (default, or policy-1, policy-2, ... where it names"
                + " none).")
        String name,
    @Nullable
        @JsonPropertyDescription("What is restored and how; absent = all that the backup holds.")
        RestorePolicy policy) {}
