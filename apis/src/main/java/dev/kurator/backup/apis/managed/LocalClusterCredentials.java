package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** How the provider reaches the member of one namespace. */
public record LocalClusterCredentials(
    @Required @JsonPropertyDescription("Where the kubeconfig is: Secret is the only source.")
        ClusterCredentials.Source source,
    @Required
        @JsonPropertyDescription(
            "The Secret in the ProviderConfig's own namespace that holds the kubeconfig, with"
                + " inline certificates or a token: exec, auth providers, file paths and proxies"
                + " are refused.")
        LocalSecretKeyReference secretRef) {}
