package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.claim.Absent;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the provider knows of a member. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProviderConfigStatus(
    @Nullable
        @JsonPropertyDescription(
            "How many managed resources use this member: up to 10 minutes old, but 0 exactly while"
                + " there are none.")
        Long users,
    @Nullable
        @Size(max = 128)
        @JsonPropertyDescription(
            "Holder (hub/term) of another hub with the same --hub-id that was seen to work on this"
                + " member. While it is set, this hub changes and deletes nothing there; write it"
                + " to spec.takesOverFrom to take the member over.")
        String otherHub,
    @JsonPropertyDescription("Crossplane's conditions.") List<Condition> conditions) {

  /** Null lists become empty. */
  public ProviderConfigStatus {
    conditions = Absent.orEmpty(conditions);
  }
}
