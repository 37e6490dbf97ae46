package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.syntax.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Where backups go and the key to it (proposal: {@code storage}). */
@ValidationRule(
    value =
        "!has(self.location.prefix) || size(self.location.prefix) <= "
            + LocationSyntax.LONGEST_PREFIX,
    message = "location.prefix must have at most 256 characters")
public record Storage(
    @Required @JsonPropertyDescription("The bucket that holds the backups.")
        StorageLocation location,
    @Required
        @Size(min = 1, max = 253)
        @Pattern(Syntax.DNS_SUBDOMAIN)
        @JsonPropertyDescription(
            "Name of a Secret beside the claim. Its key `cloud` holds the credentials in the"
                + " provider's own file format (aws: an INI file with a [default] section).")
        String credentials) {}
