package dev.kurator.backup.function.plan;

import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.PolicyIntent;
import dev.kurator.backup.function.plan.Destinations.Lookup;
import dev.kurator.backup.function.plan.Obstacle.Reason;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The destinations of a claim that must begin everywhere or nowhere.
 *
 * @param operations one for each policy and member that it selects now
 * @param obstacles what is wrong with a destination as a whole; any of them holds the whole claim
 * @param listing whether a destination has not been listed yet
 */
record Resolution(SortedSet<Operation> operations, List<Obstacle> obstacles, boolean listing) {

  static Resolution of(BackupIntent intent, Destinations destinations, String namespace) {
    SortedSet<Operation> operations = new TreeSet<>();
    Set<Obstacle> obstacles = new LinkedHashSet<>();
    boolean listing = false;
    for (PolicyIntent policy : intent.policies()) {
      List<Member> members =
          switch (destinations.of(policy)) {
            case Lookup.Unlisted _ -> {
              listing = true;
              yield List.of();
            }
            case Lookup.Unfit unfit -> {
              obstacles.add(unfit.why());
              yield unfit.members();
            }
            case Lookup.Found found -> {
              nobodyAllows(found.members(), namespace).ifPresent(obstacles::add);
              yield found.members();
            }
          };
      members.forEach(
          member ->
              operations.add(new Operation(Operation.Kind.Backup, member.name(), policy.name())));
    }
    return new Resolution(operations, List.copyOf(obstacles), listing);
  }

  private static Optional<Obstacle> nobodyAllows(List<Member> members, String namespace) {
    if (members.stream().anyMatch(member -> member.allows(namespace))) {
      return Optional.empty();
    }
    List<String> names = members.stream().map(Member::name).sorted().toList();
    return Optional.of(
        new Obstacle(
            Reason.NotAllowed,
            String.join(", ", names) + ": " + Obstacle.notAllowed(namespace).message()));
  }
}
