package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.syntax.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One entry of a Backup's {@code spec.policies}. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BackupPolicyEntry(
    @Nullable
        @Size(min = 1, max = 63)
        @Pattern(Syntax.DNS_LABEL)
        @JsonPropertyDescription(
            "Name of the policy, unique in the claim; absent = policy-1, policy-2, ... by"
                + " position.")
        String name,
    @Nullable @JsonPropertyDescription("Replaces the claim's destination for this policy.")
        Destination destination,
    @Nullable @JsonPropertyDescription("What is taken and how; absent = the whole cluster.")
        BackupPolicy policy) {}
