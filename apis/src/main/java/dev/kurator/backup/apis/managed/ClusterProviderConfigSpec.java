package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.claim.Absent;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A member cluster of the whole hub. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ClusterProviderConfigSpec(
    @Required @JsonPropertyDescription("How the provider reaches the member.")
        ClusterCredentials credentials,
    @Size(max = 64)
        @JsonPropertyDescription(
            "Names or globs (* and ?) of the namespaces whose claims may use this member; absent ="
                + " none. Whoever may claim there administers the member.")
        List<@Size(min = 1, max = 63) @Pattern("^[a-z0-9*?]([-a-z0-9*?]*[a-z0-9*?])?$") String>
            allowedNamespaces,
    @Nullable @JsonPropertyDescription("How Velero runs on the member; all optional.")
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
        String takesOverFrom) {

  /** Null lists become empty. */
  public ClusterProviderConfigSpec {
    allowedNamespaces = Absent.orEmpty(allowedNamespaces);
  }
}
