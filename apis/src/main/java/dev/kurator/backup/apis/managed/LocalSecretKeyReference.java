package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.syntax.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One key of a Secret in the namespace of the resource that refers to it. */
public record LocalSecretKeyReference(
    @Required
        @Size(min = 1, max = 253)
        @Pattern(Syntax.DNS_SUBDOMAIN)
        @JsonPropertyDescription("The Secret's name.")
        String name,
    @Required
        @Size(min = 1, max = 253)
        @Pattern(Syntax.SECRET_KEY)
        @JsonPropertyDescription("The key in it.")
        String key) {}
