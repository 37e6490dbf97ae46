package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.claim.BackupPolicy;
import dev.kurator.backup.apis.claim.BackupPolicyEntry;
import dev.kurator.backup.apis.claim.BackupSpec;
import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.syntax.CronSchedule;
import dev.kurator.backup.apis.syntax.DurationLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a Backup's spec; checks also what its schema would refuse, for the offline plan. */
public final class BackupClaim {

  private static final String DEFAULT_POLICY = "default";

  private final Problems problems = new Problems();
  private final boolean accepted;

  private BackupClaim(boolean accepted) {
    this.accepted = accepted;
  }

  /**
   * Reads a claim.
   *
   * @param id the claim
   * @param spec as decoded, defaults not applied
   * @return the intent, or every problem in the order of the fields
   */
  public static Verdict read(ClaimId id, BackupSpec spec) {
    return new BackupClaim(false).verdict(id, spec);
  }

  /**
   * Reads a claim that was accepted once, for restores of what it has taken. How backups are taken
   * does not matter to them: a bound that is newer than the claim must not make them impossible.
   *
   * @param id the claim
   * @param spec as decoded, defaults not applied
   * @return the intent, or every problem that restores would have with it
   */
  public static Verdict readAccepted(ClaimId id, BackupSpec spec) {
    return new BackupClaim(true).verdict(id, spec);
  }

  private Verdict verdict(ClaimId id, BackupSpec spec) {
    problems.requireLabel(id);
    StorageRules.check(spec.storage(), problems);
    checkSchedule(spec.schedule());
    List<PolicyIntent> policies = policies(spec);
    if (!accepted) {
      problems.requireDuration(spec.startDeadline(), DurationLimit.Wait, "spec.startDeadline");
      SchemaBounds.check(spec, "spec", problems);
    }
    if (!problems.all().isEmpty()) {
      return new Verdict.Invalid(problems.all());
    }
    return new Verdict.Valid(
        new BackupIntent(
            spec.storage(),
            policies,
            Objects.requireNonNullElse(spec.deletionPolicy(), DeletionPolicy.Retain),
            timing(spec)));
  }

  private static Timing timing(BackupSpec spec) {
    return spec.schedule() == null
        ? new Timing.Once(
            Objects.requireNonNullElse(spec.startDeadline(), Timing.Once.DEFAULT_START_DEADLINE))
        : new Timing.Scheduled(spec.schedule(), Boolean.TRUE.equals(spec.paused()));
  }

  private void checkSchedule(@Nullable String cron) {
    if (cron == null) {
      return;
    }
    try {
      CronSchedule.parse(cron);
    } catch (IllegalArgumentException e) {
      problems.add("spec.schedule", Problems.shown(cron) + " " + e.getMessage());
    }
  }

  private List<PolicyIntent> policies(BackupSpec spec) {
    Optional<Selection> common =
        DestinationRules.read(spec.destination(), "spec.destination", problems);
    if (spec.policies().isEmpty()) {
      if (common.isEmpty()) {
        problems.add("spec.destination", "is missing; name the fleet to back up");
      }
      return common
          .map(everywhere -> new PolicyIntent(DEFAULT_POLICY, everywhere, BackupPolicy.UNSET))
          .stream()
          .toList();
    }
    List<String> names = PolicyNames.of(spec, problems);
    List<PolicyIntent> policies = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      BackupPolicyEntry entry = spec.policies().get(i);
      String field = "spec.policies[" + i + "]";
      BackupPolicy policy = Objects.requireNonNullElse(entry.policy(), BackupPolicy.UNSET);
      if (!accepted) {
        checkPolicy(policy, field + ".policy");
      }
      String name = names.get(i);
      Optional<Selection> own =
          DestinationRules.read(entry.destination(), field + ".destination", problems);
      own.or(() -> common)
          .ifPresentOrElse(
              members -> policies.add(new PolicyIntent(name, members, policy)),
              () ->
                  problems.add(
                      field + ".destination",
                      "is missing; set spec.destination, or a destination in every policy"));
    }
    return policies;
  }

  private void checkPolicy(BackupPolicy policy, String field) {
    if (policy.resourceFilter() != null) {
      FilterRules.check(policy.resourceFilter(), field + ".resourceFilter", problems);
    }
    problems.requireDuration(policy.ttl(), DurationLimit.Ttl, field + ".ttl");
    OrderRules.check(policy.orderedResources(), field + ".orderedResources", problems);
    problems.requireDuration(
        policy.itemOperationTimeout(), DurationLimit.Wait, field + ".itemOperationTimeout");
  }
}
