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
        String replaces) {

  /** Null lists become empty. */
  public ClusterProviderConfigSpec {
    allowedNamespaces = Absent.orEmpty(allowedNamespaces);
  }
}
