package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.syntax.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One key of a Secret on the hub. */
public record SecretKeyReference(
    @Required
        @Size(min = 1, max = 63)
        @Pattern(Syntax.DNS_LABEL)
        @JsonPropertyDescription("The Secret's namespace.")
        String namespace,
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
