package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.syntax.Syntax;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Backup claim's wishes (proposal: {@code Backup.spec}; ours are paused and the last two). */
@ValidationRule(
    value =
        "has(self.destination) || (has(self.policies) && size(self.policies) > 0 &&"
            + " self.policies.all(p, has(p.destination)))",
    message = "a destination is missing: set spec.destination, or a destination in every policy")
@ValidationRule(
    value =
        "!has(self.policies) || self.policies.all(p, !has(p.name) ||"
            + " self.policies.exists_one(q, has(q.name) && q.name == p.name))",
    message = "two policies have the same name; policy names must be unique in a Backup")
@ValidationRule(
    value =
        "!has(self.schedule) || !has(self.policies) || size(self.policies) < 2 ||"
            + " self.policies.all(p, has(p.name))",
    message = "a scheduled Backup with several policies must name each of them")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BackupSpec(
    @Required @JsonPropertyDescription("Where the backups go.") Storage storage,
    @Nullable
        @Size(min = 1, max = Syntax.LONGEST_CRON)
        @ValidationRule(value = Syntax.CRON_RULE, message = Syntax.CRON_MESSAGE)
        @JsonPropertyDescription(
            "When to back up: five-field cron, @daily, @every 6h, with CRON_TZ= in front if"
                + " wanted; absent = once, now.")
        String schedule,
    @Nullable @JsonPropertyDescription("Holds a schedule's runs while true; running backups go on.")
        Boolean paused,
    @Nullable @JsonPropertyDescription("The members to back up, where a policy names no others.")
        Destination destination,
    @Size(max = 16)
        @JsonPropertyDescription(
            "What to take; absent = one policy `default`: the whole cluster with every default.")
        List<BackupPolicyEntry> policies,
    @Nullable
        @JsonPropertyDescription(
            "What becomes of the data in the bucket when the claim is deleted, default Retain.")
        DeletionPolicy deletionPolicy,
    @Nullable
        @Size(max = Syntax.LONGEST_DURATION)
        @ValidationRule(value = Syntax.WAIT_RULE, message = Syntax.WAIT_MESSAGE)
        @JsonPropertyDescription(
            "How long after its creation a one-time backup may still begin, default 1h; one that"
                + " could not is Failed, NotStarted.")
        String startDeadline) {

  /** Null lists become empty. */
  public BackupSpec {
    policies = Absent.orEmpty(policies);
  }
}
