package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.syntax.Syntax;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is migrated and how (proposal: {@code Migrate.spec.policy}). The filter and the order apply
 * to the backup; the restores take all that it holds.
 */
@ValidationRule(
    value = "!has(self.orderedResources) || " + FilterSyntax.ORDER_RULE,
    message = FilterSyntax.ORDER_MESSAGE)
@ValidationRule(value = RestoreSyntax.RESTORABLE_RULE, message = RestoreSyntax.RESTORABLE_MESSAGE)
@ValidationRule(value = RestoreSyntax.APART_RULE, message = RestoreSyntax.APART_MESSAGE)
@ValidationRule(value = RestoreSyntax.UNMAPPED_RULE, message = RestoreSyntax.UNMAPPED_MESSAGE)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MigratePolicy(
    @Nullable @JsonPropertyDescription("What to migrate; absent = the whole cluster.")
        ResourceFilter resourceFilter,
    @Size(max = 16)
        @JsonPropertyDescription(
            "Objects to take first, in order: resource (plural, without group) to a list of"
                + " namespace/name (or name) with ',' and no spaces between them.")
        Map<String, @Size(max = BackupPolicy.LONGEST_ORDER) String> orderedResources,
    @Size(max = 64)
        @JsonPropertyDescription(
            "Other namespaces on the targets: namespace on the source to namespace there.")
        Map<String, @Size(min = 1, max = 63) String> namespaceMapping,
    @Nullable
        @JsonPropertyDescription("Kinds whose status is migrated too; absent = no status at all.")
        RestoreStatusFilter migrateStatus,
    @Nullable @JsonPropertyDescription("Whether Services keep their node ports, default false.")
        Boolean preserveNodePorts,
    @Nullable
        @Size(max = Syntax.LONGEST_DURATION)
        @ValidationRule(value = Syntax.WAIT_RULE, message = Syntax.WAIT_MESSAGE)
        @JsonPropertyDescription(
            "How long Velero waits for asynchronous plugin operations, default 1h.")
        String itemOperationTimeout,
    @Nullable
        @JsonPropertyDescription(
            "Whether volumes that do not opt out are moved file by file, default true.")
        Boolean defaultVolumesToFsBackup,
    @Nullable
        @JsonPropertyDescription(
            "What becomes of objects that a target has already: none (default) leaves them, update"
                + " patches them.")
        ExistingResourcePolicy existingResourcePolicy) {

  /** Nothing set: the whole cluster, as it is, with every default. */
  public static final MigratePolicy UNSET =
      new MigratePolicy(null, Map.of(), Map.of(), null, null, null, null, null);

  /** Null maps become empty. */
  public MigratePolicy {
    orderedResources = Absent.orEmpty(orderedResources);
    namespaceMapping = Absent.orEmpty(namespaceMapping);
  }
}
