package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.claim.Absent;
import dev.kurator.backup.apis.claim.BackupPolicy;
import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.syntax.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One Velero Schedule. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VeleroScheduleParameters(
    @Required
        @Size(min = 1, max = 48)
        @Pattern(Syntax.DNS_LABEL)
        @JsonPropertyDescription(
            "Wanted name of Velero's Schedule, whose runs are named after it; a suffix is added"
                + " where a released one has it.")
        String name,
    @Required
        @Size(min = 1, max = 253)
        @Pattern(Syntax.DNS_SUBDOMAIN)
        @JsonPropertyDescription(
            "Name of the VeleroInstall beside this resource: the member's storage location.")
        String installName,
    @Required
        @Size(min = 1, max = Syntax.LONGEST_CRON)
        @ValidationRule(value = Syntax.CRON_RULE, message = Syntax.CRON_MESSAGE)
        @JsonPropertyDescription(
            "When to back up: five-field cron, @daily, @every 6h, with CRON_TZ= in front if"
                + " wanted.")
        String schedule,
    @Nullable @JsonPropertyDescription("Holds the runs while true; a running backup goes on.")
        Boolean paused,
    @Nullable @JsonPropertyDescription("What is taken and how.") BackupPolicy policy,
    @Size(max = 16)
        @ValidationRule(value = Syntax.LABEL_KEYS_RULE, message = Syntax.LABEL_KEY_MESSAGE)
        @JsonPropertyDescription("Labels for Velero's Schedule and its Backups.")
        Map<String, @Size(max = 63) @Pattern(Syntax.LABEL_VALUE) String> labels,
    @Nullable
        @Size(max = 64)
        @JsonPropertyDescription("Hash of the policy as the user wrote it, noted on every run.")
        String policyHash,
    @Nullable
        @JsonPropertyDescription(
            "What becomes of the runs' data when this resource is deleted, default Retain.")
        DeletionPolicy deletionPolicy) {

  /** Null maps become empty. */
  public VeleroScheduleParameters {
    labels = Absent.orEmpty(labels);
  }
}
