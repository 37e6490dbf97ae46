package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** A condition as Crossplane writes it (crossplane-runtime apis/common). */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Condition(
    @Required @JsonPropertyDescription("Ready or Synced.") String type,
    @Required @JsonPropertyDescription("True, False or Unknown.") String status,
    @Required @JsonPropertyDescription("When the status last changed, RFC 3339.")
        String lastTransitionTime,
    @Required @JsonPropertyDescription("Why, in one word.") String reason,
    @Nullable @JsonPropertyDescription("Why, for people.") String message,
    @Nullable @JsonPropertyDescription("Generation of the resource that this is about.")
        Long observedGeneration) {

  /** Type of the condition that says whether the external object is there and fit for use. */
  public static final String READY = "Ready";

  /** Type of the condition that says whether the last reconcile went well. */
  public static final String SYNCED = "Synced";
}
