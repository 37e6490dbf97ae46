package dev.kurator.backup.provider.velero;

import dev.kurator.backup.apis.managed.ContainerResources;
import dev.kurator.backup.apis.managed.EngineSettings;
import dev.kurator.backup.apis.managed.NodeAgentSettings;
import dev.kurator.backup.apis.syntax.Syntax;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the engine's containers ask of their nodes. */
final class ResourceQuantities {

  private static final int LONGEST = 32;
  private static final Pattern QUANTITY = Pattern.compile(Syntax.QUANTITY);

  private ResourceQuantities() {}

  /** Why some quantity of these settings cannot be read; empty where all can. */
  static Optional<String> refusal(EngineSettings settings) {
    NodeAgentSettings agent =
        Objects.requireNonNullElse(settings.nodeAgent(), NodeAgentSettings.UNSET);
    return refusal(settings.resources(), "velero.resources")
        .or(() -> refusal(agent.resources(), "velero.nodeAgent.resources"));
  }

  private static Optional<String> refusal(@Nullable ContainerResources resources, String field) {
    return resources == null
        ? Optional.empty()
        : refusal(resources.limits(), field + ".limits")
            .or(() -> refusal(resources.requests(), field + ".requests"));
  }

  private static Optional<String> refusal(Map<String, String> quantities, String field) {
    return quantities.entrySet().stream()
        .filter(entry -> !readable(entry.getValue()))
        .findFirst()
        .map(
            entry ->
                field
                    + "."
                    + entry.getKey()
                    + " is "
                    + Values.shown(entry.getValue())
                    + " and must be a Kubernetes quantity such as 500m or 512Mi");
  }

  private static boolean readable(String text) {
    return text.length() <= LONGEST && QUANTITY.matcher(text).matches();
  }

  /**
   * As Kubernetes has them.
   *
   * @param usual what applies where nothing is set; also where something cannot be read, since an
   *     engine must be taken off a member whatever its settings say
   */
  static ResourceRequirements of(
      @Nullable ContainerResources resources, Supplier<ResourceRequirements> usual) {
    return resources == null || refusal(resources, "").isPresent()
        ? usual.get()
        : new ResourceRequirementsBuilder()
            .withLimits(quantities(resources.limits()))
            .withRequests(quantities(resources.requests()))
            .build();
  }

  private static Map<String, Quantity> quantities(Map<String, String> texts) {
    return texts.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> new Quantity(entry.getValue())));
  }
}
