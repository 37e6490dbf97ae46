package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A member cluster of one namespace. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProviderConfigSpec(
    @Required @JsonPropertyDescription("How the provider reaches the member.")
        LocalClusterCredentials credentials,
    @Nullable
        @JsonPropertyDescription(
            "How Velero runs on the member; all optional. repositoryPasswordSecretRef may only"
                + " name a Secret of the ProviderConfig's own namespace.")
        EngineSettings velero,
    @Nullable
        @Size(max = 64)
        @JsonPropertyDescription(
            "Identity (UID of kube-system) of a lost cluster whose backups this one takes over.")
        String replaces,
    @Nullable
        @Size(max = 90)
        @Pattern("^([A-Za-z0-9][-A-Za-z0-9]{0,63}(/[0-9a-f]{8})?)?$")
        @JsonPropertyDescription(
            "Another hub with the same --hub-id from which this one takes the member over: its"
                + " holder (hub/term) as status.otherHub shows it. With the hub alone or with its"
                + " term, data that it made may be deleted where deletionPolicy says so.")
        String takesOverFrom) {}
