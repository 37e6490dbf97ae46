package dev.kurator.backup.function.plan;

import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.PolicyIntent;
import dev.kurator.backup.function.plan.Obstacle.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A valid claim's destinations looked up among the listed members.
 *
 * @param operations one for each policy and member that it selects now
 * @param obstacles what is wrong with a destination as a whole; any of them holds the whole claim
 * @param listing whether a destination has not been listed yet
 */
record Resolution(SortedSet<Operation> operations, List<Obstacle> obstacles, boolean listing) {

  static Resolution of(Situation situation, BackupIntent intent) {
    SortedSet<Operation> operations = new TreeSet<>();
    Set<Obstacle> obstacles = new LinkedHashSet<>();
    boolean listing = false;
    for (PolicyIntent policy : intent.policies()) {
      List<Member> members = situation.listed().get(policy.selection());
      if (members == null) {
        listing = true;
        continue;
      }
      defect(policy, members, situation.claim().namespace()).ifPresent(obstacles::add);
      members.forEach(member -> operations.add(new Operation(member.name(), policy.name())));
    }
    return new Resolution(operations, List.copyOf(obstacles), listing);
  }

  private static Optional<Obstacle> defect(
      PolicyIntent policy, List<Member> members, String namespace) {
    if (members.isEmpty()) {
      return Optional.of(
          new Obstacle(
              Reason.NoMembers,
              "no member carries the labels "
                  + policy.selection().selector()
                  + " (policy "
                  + policy.name()
                  + "); register one, or change the destination"));
    }
    Set<String> seen = new HashSet<>();
    for (Member member : members) {
      if (!seen.add(member.name())) {
        return Optional.of(
            new Obstacle(
                Reason.DuplicateMembers,
                "the destination of policy "
                    + policy.name()
                    + " holds two members called "
                    + member.name()
                    + "; rename one of their provider configs"));
      }
    }
    if (members.stream().noneMatch(member -> member.allows(namespace))) {
      List<String> names = members.stream().map(Member::name).sorted().toList();
      return Optional.of(
          new Obstacle(Reason.NotAllowed, String.join(", ", names) + ": " + notAllowed(namespace)));
    }
    return Optional.empty();
  }

  static String notAllowed(String namespace) {
    return "spec.allowedNamespaces of the ClusterProviderConfig does not include "
        + namespace
        + "; whoever runs the hub can add it";
  }

  /** Members that were registered twice, seen from the clusters that the provider found. */
  static List<Obstacle> sameClusters(Map<String, String> identities) {
    List<Obstacle> same = new ArrayList<>();
    for (String identity : new TreeSet<>(identities.values())) {
      List<String> members =
          identities.entrySet().stream()
              .filter(entry -> entry.getValue().equals(identity))
              .map(Map.Entry::getKey)
              .sorted()
              .toList();
      if (members.size() > 1) {
        same.add(
            new Obstacle(
                Reason.DuplicateMembers,
                String.join(" and ", members)
                    + " are one and the same cluster; keep one of their provider configs"));
      }
    }
    return same;
  }
}
