package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One key of a Secret on the hub. */
public record SecretKeyReference(
    @Required @Size(min = 1, max = 63) @JsonPropertyDescription("The Secret's namespace.")
        String namespace,
    @Required @Size(min = 1, max = 253) @JsonPropertyDescription("The Secret's name.") String name,
    @Required @Size(min = 1, max = 253) @JsonPropertyDescription("The key in it.") String key) {}
