package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.syntax.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The member that a managed resource is for. */
public record ProviderConfigReference(
    @Required
        @JsonPropertyDescription(
            "ClusterProviderConfig, or ProviderConfig for one in the resource's own namespace.")
        Kind kind,
    @Required
        @Size(min = 1, max = 253)
        @Pattern(Syntax.DNS_SUBDOMAIN)
        @JsonPropertyDescription("Its name.")
        String name) {

  /** The kinds of registration. */
  public enum Kind {
    ClusterProviderConfig,
    ProviderConfig
  }
}
