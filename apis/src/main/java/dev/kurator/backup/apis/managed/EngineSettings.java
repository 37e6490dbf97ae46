package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.claim.Absent;
import dev.kurator.backup.apis.syntax.Syntax;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Velero on one member. It belongs to the cluster, so that claims never fight over it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EngineSettings(
    @Nullable
        @Size(min = 1, max = 63)
        @Pattern(Syntax.DNS_LABEL)
        @JsonPropertyDescription("Namespace of Velero on the member, default velero.")
        String namespace,
    @Nullable
        @Size(max = 32)
        @Pattern("^v[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.]+)?$")
        @JsonPropertyDescription(
            "Velero's version, default the one this release is tested with; at least v1.18.1.")
        String version,
    @Nullable
        @Size(max = 512)
        @Pattern(Syntax.IMAGE)
        @JsonPropertyDescription("Velero's image without tag, default velero/velero.")
        String image,
    @Size(max = 8)
        @ValidationRule(
            value = "self.all(k, k in ['aws','azure','gcp'])",
            message = "plugins are those of the providers aws, azure and gcp")
        @JsonPropertyDescription(
            "Plugin images with tag by storage provider (aws, azure, gcp); each has a default.")
        Map<String, @Size(max = 512) @Pattern(Syntax.IMAGE) String> plugins,
    @Size(max = 8)
        @JsonPropertyDescription("Names of pull Secrets in Velero's namespace on the member.")
        List<@Size(min = 1, max = 253) @Pattern(Syntax.DNS_SUBDOMAIN) String> imagePullSecrets,
    @Nullable @JsonPropertyDescription("Resources of the Velero container.")
        ContainerResources resources,
    @Size(max = 16)
        @ValidationRule(value = Syntax.LABEL_KEYS_RULE, message = Syntax.LABEL_KEY_MESSAGE)
        @JsonPropertyDescription("Nodes that Velero's server may run on.")
        Map<String, @Size(max = 63) @Pattern(Syntax.LABEL_VALUE) String> nodeSelector,
    @Size(max = 16) @JsonPropertyDescription("Taints that Velero's server bears.")
        List<Toleration> tolerations,
    @Nullable @JsonPropertyDescription("The node-agent, which reads and writes volumes.")
        NodeAgentSettings nodeAgent,
    @Nullable
        @Min(1)
        @Max(64)
        @JsonPropertyDescription("How many backups may run at once on the member, default 1.")
        Integer concurrentBackups,
    @Nullable
        @JsonPropertyDescription(
            "Password of the volume data repositories; the same for a whole fleet and never"
                + " changed. Absent = Velero's public default.")
        SecretKeyReference repositoryPasswordSecretRef,
    @Nullable
        @JsonPropertyDescription(
            "Managed (default), or Observe for an engine that somebody else runs: it is used and"
                + " never changed.")
        Management management,
    @Nullable
        @JsonPropertyDescription(
            "What becomes of the engine once the last VeleroInstall is gone: Retain (default) or"
                + " Uninstall.")
        Removal removal) {

  /** Nothing set: every default. */
  public static final EngineSettings UNSET =
      new EngineSettings(
          null, null, null, Map.of(), List.of(), null, Map.of(), List.of(), null, null, null, null,
          null);

  /** Null collections become empty. */
  public EngineSettings {
    plugins = Absent.orEmpty(plugins);
    imagePullSecrets = Absent.orEmpty(imagePullSecrets);
    nodeSelector = Absent.orEmpty(nodeSelector);
    tolerations = Absent.orEmpty(tolerations);
  }

  /** Who runs the engine. */
  public enum Management {
    Managed,
    Observe
  }

  /** What happens to the engine in the end. */
  public enum Removal {
    Retain,
    Uninstall
  }
}
