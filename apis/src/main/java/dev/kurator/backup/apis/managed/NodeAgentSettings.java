package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.claim.Absent;
import dev.kurator.backup.apis.syntax.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The node-agent DaemonSet of one member. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NodeAgentSettings(
    @Nullable @JsonPropertyDescription("Resources of the node-agent container.")
        ContainerResources resources,
    @Size(max = 16)
        @ValidationRule(value = Syntax.LABEL_KEYS_RULE, message = Syntax.LABEL_KEY_MESSAGE)
        @JsonPropertyDescription("Nodes that get a node-agent, default all.")
        Map<String, @Size(max = 63) @Pattern(Syntax.LABEL_VALUE) String> nodeSelector,
    @Size(max = 16) @JsonPropertyDescription("Taints that the node-agent bears.")
        List<Toleration> tolerations,
    @Nullable
        @Size(max = 256)
        @Pattern("^/[-A-Za-z0-9_./]*$")
        @JsonPropertyDescription("The kubelet's folder on the nodes, default /var/lib/kubelet.")
        String kubeletRoot) {

  /** Nothing set: every default. */
  public static final NodeAgentSettings UNSET =
      new NodeAgentSettings(null, Map.of(), List.of(), null);

  /** Null collections become empty. */
  public NodeAgentSettings {
    nodeSelector = Absent.orEmpty(nodeSelector);
    tolerations = Absent.orEmpty(tolerations);
  }
}
