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

/** One run-once Velero Backup. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VeleroBackupParameters(
    @Required
        @Size(min = 1, max = 63)
        @Pattern(Syntax.DNS_LABEL)
        @JsonPropertyDescription(
            "Wanted name of Velero's Backup; a suffix is added where a released one has it.")
        String name,
    @Required
        @Size(min = 1, max = 253)
        @Pattern(Syntax.DNS_SUBDOMAIN)
        @JsonPropertyDescription(
            "Name of the VeleroInstall beside this resource: the member's storage location.")
        String installName,
    @Nullable @JsonPropertyDescription("What is taken and how.") BackupPolicy policy,
    @Size(max = 16)
        @ValidationRule(value = Syntax.LABEL_KEYS_RULE, message = Syntax.LABEL_KEY_MESSAGE)
        @JsonPropertyDescription("Labels for Velero's Backup.")
        Map<String, @Size(max = 63) @Pattern(Syntax.LABEL_VALUE) String> labels,
    @Nullable
        @Size(max = 64)
        @JsonPropertyDescription(
            "Hash of the policy as the user wrote it; an existing Backup is adopted only with the"
                + " same one.")
        String policyHash,
    @Nullable
        @Size(max = Syntax.LONGEST_DURATION)
        @ValidationRule(value = Syntax.WAIT_RULE, message = Syntax.WAIT_MESSAGE)
        @JsonPropertyDescription("How long after creation the backup may still begin, default 1h.")
        String startDeadline,
    @Nullable
        @Size(max = Syntax.LONGEST_DURATION)
        @ValidationRule(value = Syntax.INTERVAL_RULE, message = Syntax.INTERVAL_MESSAGE)
        @JsonPropertyDescription("Shortest time between two writes of progress, default 15s.")
        String progressInterval,
    @Nullable
        @JsonPropertyDescription(
            "What becomes of the backup data when this resource is deleted, default Retain.")
        DeletionPolicy deletionPolicy) {

  /** Null maps become empty. */
  public VeleroBackupParameters {
    labels = Absent.orEmpty(labels);
  }
}
