package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.claim.Absent;
import dev.kurator.backup.apis.syntax.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/**
 * What a container asks of its node (core/v1 ResourceRequirements without claims). The quantities
 * are texts here: fabric8's own type throws while it is read, which would cost the whole list.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ContainerResources(
    @Size(max = 8)
        @JsonPropertyDescription("The most it may use, as Kubernetes quantities: memory: 512Mi.")
        Map<String, @Size(max = 32) @Pattern(Syntax.QUANTITY) String> limits,
    @Size(max = 8)
        @JsonPropertyDescription("What is kept free for it, as Kubernetes quantities: cpu: 500m.")
        Map<String, @Size(max = 32) @Pattern(Syntax.QUANTITY) String> requests) {

  /** Null maps become empty. */
  public ContainerResources {
    limits = Absent.orEmpty(limits);
    requests = Absent.orEmpty(requests);
  }
}
