package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.claim.StorageLocation;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** One storage location that a member's engine must be connected to. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VeleroInstallParameters(
    @Required
        @JsonPropertyDescription(
            "The bucket; its prefix is the whole folder path that this member uses alone.")
        StorageLocation location,
    @Nullable @JsonPropertyDescription("ReadWrite (default) or ReadOnly.") AccessMode accessMode,
    @Required @JsonPropertyDescription("The Secret beside this resource with the credentials.")
        LocalSecretKeyReference credentials,
    @Nullable
        @JsonPropertyDescription(
            "The member that writes to this location, where it is another one: whether both have"
                + " the same repository password is told in status.atProvider.sharedPassword.")
        ProviderConfigReference writerConfigRef) {}
