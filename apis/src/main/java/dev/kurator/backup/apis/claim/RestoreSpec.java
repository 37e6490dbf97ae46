package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.syntax.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Restore claim's wishes (proposal: {@code Restore.spec}; ours are the last four). */
@ValidationRule(
    value =
        "!has(self.policies) || self.policies.all(p, self.policies.exists_one(q, q.name =="
            + " p.name))",
    message = "two policies have the same name; a Restore takes each policy of the Backup once")
@ValidationRule(
    value = "!has(self.sourceCluster) || has(self.destination)",
    message =
        "sourceCluster says whose backups to restore on other members; name those in destination")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RestoreSpec(
    @Required
        @Size(min = 1, max = 63)
        @Pattern(Syntax.DNS_SUBDOMAIN)
        @JsonPropertyDescription("The Backup claim in this namespace whose backups to restore.")
        String backupName,
    @Size(max = 16)
        @JsonPropertyDescription(
            "The Backup's policies to restore; absent = every one, with all that it holds.")
        List<RestorePolicyEntry> policies,
    @Nullable
        @JsonPropertyDescription("The members to restore on; absent = those that were backed up.")
        Destination destination,
    @Nullable
        @Size(min = 1, max = 253)
        @Pattern(Syntax.DNS_SUBDOMAIN)
        @JsonPropertyDescription(
            "Name of the member, registered or not, whose backups are restored on destinations"
                + " that were not backed up themselves.")
        String sourceCluster,
    @Nullable
        @Size(min = 1, max = 253)
        @Pattern(Syntax.DNS_SUBDOMAIN)
        @JsonPropertyDescription(
            "Velero's name of one backup, from the Backup's status, for another point in time;"
                + " absent = the newest that is Completed.")
        String run,
    @Nullable
        @Size(max = Syntax.LONGEST_DURATION)
        @ValidationRule(value = Syntax.WAIT_RULE, message = Syntax.WAIT_MESSAGE)
        @JsonPropertyDescription(
            "How long after its creation a restore may still begin, default 1h; one that could not"
                + " is Failed, NotStarted.")
        String startDeadline) {

  /** Null lists become empty. */
  public RestoreSpec {
    policies = Absent.orEmpty(policies);
  }
}
