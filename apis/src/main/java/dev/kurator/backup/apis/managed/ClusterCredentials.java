package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** How the provider reaches a member. */
public record ClusterCredentials(
    @Required @JsonPropertyDescription("Where the kubeconfig is: Secret is the only source.")
        Source source,
    @Required
        @JsonPropertyDescription(
            "The Secret that holds the kubeconfig, with inline certificates or a token: exec,"
                + " auth providers, file paths and proxies are refused.")
        SecretKeyReference secretRef) {

  /** The sources. */
  public enum Source {
    Secret
  }
}
