package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kurator.backup.apis.syntax.Syntax;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * The Migrate claim's wishes (proposal: {@code Migrate.spec}; ours are storage and the last three).
 */
@ValidationRule(
    value =
        // Compared by field: to CEL, two fields of one schema have different types.
        "self.sourceCluster.fleet != self.targetCluster.fleet"
            + " || (has(self.sourceCluster.clusterSelector)"
            + " && has(self.sourceCluster.clusterSelector.matchLabels)"
            + " ? self.sourceCluster.clusterSelector.matchLabels : {})"
            + " != (has(self.targetCluster.clusterSelector)"
            + " && has(self.targetCluster.clusterSelector.matchLabels)"
            + " ? self.targetCluster.clusterSelector.matchLabels : {})",
    message =
        "sourceCluster and targetCluster are the same; narrow each by clusterSelector.matchLabels,"
            + " the source to the one cluster to migrate from")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MigrateSpec(
    @Required
        @JsonPropertyDescription(
            "Where the data goes on its way: source and targets must reach it.")
        Storage storage,
    @Required @JsonPropertyDescription("The member to migrate from: exactly one must be selected.")
        Destination sourceCluster,
    @Required
        @JsonPropertyDescription(
            "The members to migrate to: one or more, and never the source itself.")
        Destination targetCluster,
    @Nullable
        @JsonPropertyDescription("What to migrate and how; absent = the whole cluster, as it is.")
        MigratePolicy policy,
    @Nullable
        @Size(max = Syntax.LONGEST_DURATION)
        @ValidationRule(value = Syntax.TTL_RULE, message = Syntax.TTL_MESSAGE)
        @JsonPropertyDescription(
            "How long the migration's backup is kept, as a Go duration, default 24h; days are not"
                + " a unit.")
        String ttl,
    @Nullable
        @JsonPropertyDescription(
            "What becomes of the migration's backup in the bucket when the claim is deleted,"
                + " default Retain.")
        DeletionPolicy deletionPolicy,
    @Nullable
        @Size(max = Syntax.LONGEST_DURATION)
        @ValidationRule(value = Syntax.WAIT_RULE, message = Syntax.WAIT_MESSAGE)
        @JsonPropertyDescription(
            "How long after the claim's creation the backup may still begin, and how long after"
                + " the backup's end each target's restore may, default 1h; what could not is"
                + " Failed, NotStarted.")
        String startDeadline) {}
