package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.syntax.GoDuration;
import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.PolicyIntent;
import dev.kurator.backup.function.claim.RunsKept;
import dev.kurator.backup.function.plan.Decision;
import dev.kurator.backup.function.plan.Shortlist;
import dev.kurator.backup.function.render.ClaimCondition.Status;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether a schedule keeps more backups on a member than Velero can bear: its sync reads the
 * metadata of every backup in the bucket, once a minute.
 */
final class RetentionRisk {

  /** Backups on one member from which the risk begins. */
  static final long MOST = 300;

  private final String cron;
  private final SortedMap<String, String> ttls = new TreeMap<>();

  private RetentionRisk(String cron, List<PolicyIntent> policies) {
    this.cron = cron;
    for (PolicyIntent policy : policies) {
      String ttl = Objects.requireNonNullElse(policy.policy().ttl(), Specs.DEFAULT_TTL);
      ttls.put(policy.name(), ttl);
    }
  }

  /**
   * The condition.
   *
   * @param cron when the backups are taken
   * @param intent the claim
   * @param entries its operations: the policies of one member add up
   */
  static ClaimCondition of(String cron, BackupIntent intent, List<Entry> entries) {
    RetentionRisk risk = new RetentionRisk(cron, intent.policies());
    Map<String, List<String>> policies =
        entries.stream()
            .map(Entry::decision)
            .filter(decision -> !(decision instanceof Decision.Release))
            .map(Decision::operation)
            .filter(operation -> risk.ttls.containsKey(operation.policy()))
            .collect(
                Collectors.groupingBy(
                    operation -> operation.member(),
                    TreeMap::new,
                    Collectors.mapping(operation -> operation.policy(), Collectors.toList())));
    Optional<List<String>> worst =
        policies.values().stream().distinct().max(Comparator.comparingLong(risk::kept));
    return worst
        .filter(together -> risk.kept(together) > MOST)
        .map(together -> risk.tell(together, where(policies, together)))
        .orElseGet(
            () ->
                new ClaimCondition(
                    ClaimCondition.RETENTION_RISK, Status.False, "WithinLimits", ""));
  }

  private static List<String> where(Map<String, List<String>> policies, List<String> together) {
    return policies.entrySet().stream()
        .filter(entry -> entry.getValue().equals(together))
        .map(Map.Entry::getKey)
        .toList();
  }

  private long kept(List<String> together) {
    return together.stream().mapToLong(policy -> RunsKept.of(cron, ttl(policy))).sum();
  }

  private Duration ttl(String policy) {
    return GoDuration.parse(ttls.getOrDefault(policy, Specs.DEFAULT_TTL), Duration.ZERO);
  }

  private ClaimCondition tell(List<String> together, List<String> members) {
    String kept =
        together.stream()
            .map(policy -> policy + " with ttl " + ttls.get(policy))
            .collect(Collectors.joining(", "));
    Duration longest =
        together.stream().map(this::ttl).max(Comparator.naturalOrder()).orElseThrow();
    Duration fitting = RunsKept.shortened(cron, longest, Math.max(1, MOST / together.size()));
    String message =
        "schedule \""
            + cron
            + "\" keeps about "
            + kept(together)
            + " backups on each of "
            + String.join(", ", Shortlist.of(members))
            + " (policies: "
            + kept
            + "); above "
            + MOST
            + " Velero's sync, which looks at each of them every minute, becomes slow: run less"
            + " often, or shorten ttl to at most "
            + text(fitting);
    return new ClaimCondition(
        ClaimCondition.RETENTION_RISK, Status.True, "TooManyBackups", Conditions.cut(message));
  }

  private static String text(Duration whole) {
    return whole.toHours() >= 1 ? whole.toHours() + "h" : whole.toMinutes() + "m";
  }
}
