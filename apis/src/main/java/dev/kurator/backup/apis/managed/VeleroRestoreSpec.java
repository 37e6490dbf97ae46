package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.claim.Absent;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** One run-once Velero Restore on one member. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VeleroRestoreSpec(
    @Required @JsonPropertyDescription("What must be there.") VeleroRestoreParameters forProvider,
    @Size(max = 6)
        @Default("[\"*\"]")
        @JsonPropertyDescription("What the provider may do on the member (Crossplane).")
        List<ManagementPolicy> managementPolicies,
    @Required @JsonPropertyDescription("The member.") ProviderConfigReference providerConfigRef) {

  /** Null lists become empty. */
  public VeleroRestoreSpec {
    managementPolicies = Absent.orEmpty(managementPolicies);
  }
}
