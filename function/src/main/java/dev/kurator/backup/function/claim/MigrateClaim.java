package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.claim.MigratePolicy;
import dev.kurator.backup.apis.claim.MigrateSpec;
import dev.kurator.backup.apis.syntax.DurationLimit;
import java.util.Objects;
import java.util.Optional;

/** Reads a Migrate's spec; checks also what its schema would refuse, for the offline plan. */
public final class MigrateClaim {

  private final Problems problems = new Problems();

  private MigrateClaim() {}

  /**
   * Reads a claim.
   *
   * @param id the claim
   * @param spec as decoded, defaults not applied
   * @return the intent, or every problem in the order of the fields
   */
  public static Verdict read(ClaimId id, MigrateSpec spec) {
    return new MigrateClaim().verdict(id, spec);
  }

  private Verdict verdict(ClaimId id, MigrateSpec spec) {
    problems.requireLabel(id);
    StorageRules.check(spec.storage(), problems);
    Optional<Selection> source =
        DestinationRules.read(spec.sourceCluster(), "spec.sourceCluster", problems);
    Optional<Selection> targets =
        DestinationRules.read(spec.targetCluster(), "spec.targetCluster", problems);
    problems.require(
        !source.equals(targets),
        "spec",
        "sourceCluster and targetCluster are the same; narrow each by clusterSelector.matchLabels,"
            + " the source to the one cluster to migrate from");
    MigratePolicy policy = Objects.requireNonNullElse(spec.policy(), MigratePolicy.UNSET);
    check(policy, "spec.policy");
    problems.requireDuration(spec.ttl(), DurationLimit.Ttl, "spec.ttl");
    problems.requireDuration(spec.startDeadline(), DurationLimit.Wait, "spec.startDeadline");
    SchemaBounds.check(spec, "spec", problems);
    if (!problems.all().isEmpty()) {
      return new Verdict.Invalid(problems.all());
    }
    return new Verdict.Valid(
        new MigrateIntent(
            spec.storage(),
            source.orElseThrow(),
            targets.orElseThrow(),
            policy,
            spec.ttl(),
            Objects.requireNonNullElse(spec.deletionPolicy(), DeletionPolicy.Retain),
            Objects.requireNonNullElse(spec.startDeadline(), Timing.Once.DEFAULT_START_DEADLINE)));
  }

  private void check(MigratePolicy policy, String field) {
    if (policy.resourceFilter() != null) {
      FilterRules.check(policy.resourceFilter(), field + ".resourceFilter", problems);
      RestoreRules.checkRestorable(policy.resourceFilter(), field + ".resourceFilter", problems);
    }
    OrderRules.check(policy.orderedResources(), field + ".orderedResources", problems);
    RestoreRules.checkMapping(
        policy.namespaceMapping(), policy.resourceFilter(), field + ".namespaceMapping", problems);
    problems.requireDuration(
        policy.itemOperationTimeout(), DurationLimit.Wait, field + ".itemOperationTimeout");
  }
}
