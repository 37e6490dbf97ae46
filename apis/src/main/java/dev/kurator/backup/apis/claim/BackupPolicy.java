package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.syntax.Syntax;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How one backup is taken (proposal: {@code policies[].policy}); absent fields have defaults. */
@ValidationRule(
    value = "!has(self.orderedResources) || " + FilterSyntax.ORDER_RULE,
    message = FilterSyntax.ORDER_MESSAGE)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BackupPolicy(
    @Nullable @JsonPropertyDescription("What to take; absent = the whole cluster.")
        ResourceFilter resourceFilter,
    @Nullable
        @Size(max = Syntax.LONGEST_DURATION)
        @ValidationRule(value = Syntax.TTL_RULE, message = Syntax.TTL_MESSAGE)
        @JsonPropertyDescription(
            "How long the backup is kept, as a Go duration such as 720h (the default, 30 days);"
                + " days are not a unit.")
        String ttl,
    @Size(max = 16)
        @JsonPropertyDescription(
            "Objects to take first, in order: resource (plural, without group) to a list of"
                + " namespace/name (or name) with ',' and no spaces between them.")
        Map<String, @Size(max = BackupPolicy.LONGEST_ORDER) String> orderedResources,
    @Nullable
        @Size(max = Syntax.LONGEST_DURATION)
        @ValidationRule(value = Syntax.WAIT_RULE, message = Syntax.WAIT_MESSAGE)
        @JsonPropertyDescription(
            "How long Velero waits for asynchronous plugin operations, default 1h.")
        String itemOperationTimeout,
    @Nullable
        @JsonPropertyDescription(
            "Whether volumes that do not opt out are backed up file by file, default true.")
        Boolean defaultVolumesToFsBackup) {

  /** Longest list of the objects of one kind in orderedResources, in characters. */
  public static final int LONGEST_ORDER = 4096;

  /** Nothing set: the whole cluster with every default. */
  public static final BackupPolicy UNSET = new BackupPolicy(null, null, Map.of(), null, null);

  /** Null maps become empty. */
  public BackupPolicy {
    orderedResources = Absent.orEmpty(orderedResources);
  }
}
