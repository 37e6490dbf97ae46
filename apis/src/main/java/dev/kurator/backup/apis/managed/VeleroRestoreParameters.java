package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.claim.Absent;
import dev.kurator.backup.apis.claim.RestorePolicy;
import dev.kurator.backup.apis.syntax.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run-once Velero Restore. */
@ValidationRule(
    value = "has(self.backupName) != (has(self.backupLabels) && size(self.backupLabels) > 0)",
    message = "name one backup in backupName, or choose the newest by backupLabels; not both")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VeleroRestoreParameters(
    @Required
        @Size(min = 1, max = 63)
        @Pattern(Syntax.DNS_LABEL)
        @JsonPropertyDescription("Name of Velero's Restore.")
        String name,
    @Required
        @Size(min = 1, max = 253)
        @Pattern(Syntax.DNS_SUBDOMAIN)
        @JsonPropertyDescription(
            "Name of the VeleroInstall beside this resource: the storage location to restore from.")
        String installName,
    @Nullable
        @Size(min = 1, max = 253)
        @Pattern(Syntax.DNS_SUBDOMAIN)
        @JsonPropertyDescription("Velero's Backup to restore; excludes backupLabels.")
        String backupName,
    @Size(max = 16)
        @ValidationRule(value = Syntax.LABEL_KEYS_RULE, message = Syntax.LABEL_KEY_MESSAGE)
        @JsonPropertyDescription(
            "Labels of the Velero Backups of that location of which the newest Completed one is"
                + " restored, chosen once; excludes backupName.")
        Map<String, @Size(max = 63) @Pattern(Syntax.LABEL_VALUE) String> backupLabels,
    @Nullable
        @JsonPropertyDescription(
            "Whether a PartiallyFailed Backup will do, default false; one named by backupName"
                + " always does.")
        Boolean allowPartiallyFailed,
    @Nullable @JsonPropertyDescription("What is restored and how.") RestorePolicy policy,
    @Size(max = 16)
        @ValidationRule(value = Syntax.LABEL_KEYS_RULE, message = Syntax.LABEL_KEY_MESSAGE)
        @JsonPropertyDescription("Labels for Velero's Restore.")
        Map<String, @Size(max = 63) @Pattern(Syntax.LABEL_VALUE) String> labels,
    @Nullable
        @Size(max = 64)
        @JsonPropertyDescription(
            "Hash of what the user asked for; the marker of an earlier Restore of that name counts"
                + " only with the same one.")
        String policyHash,
    @Nullable
        @Size(max = Syntax.LONGEST_DURATION)
        @ValidationRule(value = Syntax.WAIT_RULE, message = Syntax.WAIT_MESSAGE)
        @JsonPropertyDescription("How long after creation the restore may still begin, default 1h.")
        String startDeadline,
    @Nullable
        @Size(max = Syntax.LONGEST_DURATION)
        @ValidationRule(value = Syntax.INTERVAL_RULE, message = Syntax.INTERVAL_MESSAGE)
        @JsonPropertyDescription("Shortest time between two writes of progress, default 15s.")
        String progressInterval) {

  /** Null maps become empty. */
  public VeleroRestoreParameters {
    backupLabels = Absent.orEmpty(backupLabels);
    labels = Absent.orEmpty(labels);
  }
}
