package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Which members: a fleet, or a part of it (proposal: {@code destination}). */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Destination(
    @Required
        @Size(min = 1, max = 63)
        @Pattern("^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$")
        @JsonPropertyDescription(
            "The fleet: all members whose label fleet.kurator.dev/name has this value.")
        String fleet,
    @Nullable @JsonPropertyDescription("Narrows the fleet to members that also carry these labels.")
        ClusterSelector clusterSelector) {}
