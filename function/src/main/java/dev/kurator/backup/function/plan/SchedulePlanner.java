package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.function.claim.PolicyIntent;
import dev.kurator.backup.function.plan.Destinations.Lookup;
import dev.kurator.backup.function.plan.Obstacle.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Plans a Backup that is taken again and again: its members are those that its destinations select
 * now. One that is merely missing from a listing loses nothing; one that has left loses its
 * schedule, and its data stays.
 */
final class SchedulePlanner {

  private final Situation situation;
  private final List<PolicyIntent> policies;
  private final SortedMap<Operation, Decision> decisions = new TreeMap<>();
  private final Set<Obstacle> obstacles = new LinkedHashSet<>();
  private final Set<String> selected = new HashSet<>();
  private boolean listing;
  private boolean closed;

  /** Whether every destination is known to the last member. */
  private boolean complete = true;

  SchedulePlanner(Situation situation, List<PolicyIntent> policies) {
    this.situation = situation;
    this.policies = policies;
  }

  /** An invalid claim changes nothing of what there is. */
  static Plan planAround(Situation situation, List<Obstacle> obstacles) {
    SchedulePlanner planner = new SchedulePlanner(situation, List.of());
    planner.obstacles.addAll(obstacles);
    planner.complete = false;
    situation
        .existing()
        .operations()
        .forEach(operation -> planner.decisions.put(operation, new Decision.Keep(operation)));
    return planner.finish();
  }

  /** No schedule is added to those that exist. */
  Plan planWithoutNewcomers(Obstacle why) {
    closed = true;
    obstacles.add(why);
    return plan();
  }

  Plan plan() {
    // Another kind of operation in the way is not this claim's any more, and is left alone.
    situation.existing().operations().stream()
        .filter(operation -> operation.kind() != Operation.Kind.Schedule)
        .forEach(operation -> decisions.put(operation, new Decision.Keep(operation)));
    Destinations destinations = new Destinations(situation.listed());
    for (PolicyIntent policy : policies) {
      plan(policy, destinations.of(policy.selection(), "policy " + policy.name()));
    }
    // What no policy of the claim has decided about belongs to a policy that it no longer has.
    new TreeSet<>(situation.existing().operations())
        .forEach(operation -> decisions.computeIfAbsent(operation, situation.existing()::leave));
    return finish();
  }

  private void plan(PolicyIntent policy, Lookup lookup) {
    switch (lookup) {
      case Lookup.Unlisted _ -> {
        listing = true;
        complete = false;
        carryOn(policy);
      }
      case Lookup.Unfit unfit -> {
        complete = false;
        obstacles.add(unfit.why());
        for (Member member : unfit.members()) {
          Operation operation = operation(policy, member);
          if (!closed) {
            decisions.put(operation, new Decision.Hold(operation, unfit.why().message()));
          }
        }
        carryOn(policy);
      }
      case Lookup.Found found -> {
        for (Member member : sorted(found.members())) {
          selected.add(member.name());
          decide(operation(policy, member), policy, member);
        }
      }
    }
  }

  /** What there is goes on, with the claim's edits. */
  private void carryOn(PolicyIntent policy) {
    for (Operation operation : situation.existing().operations()) {
      if (operation.kind() == Operation.Kind.Schedule && operation.policy().equals(policy.name())) {
        decisions.put(operation, carry(operation, policy));
      }
    }
  }

  private void decide(Operation operation, PolicyIntent policy, Member member) {
    Optional<Obstacle> obstacle = obstacle(member);
    obstacle.ifPresent(one -> obstacles.add(one.on(member.name())));
    if (situation.existing().operations().contains(operation)) {
      decisions.put(operation, carry(operation, policy));
    } else if (!closed) {
      decisions.put(
          operation,
          obstacle.isPresent()
              ? new Decision.Hold(operation, obstacle.get().message())
              : new Decision.Carry(operation, policy, situation.registration(member)));
    }
  }

  /** What keeps a schedule from being made on a member; one that is there is not touched by it. */
  private Optional<Obstacle> obstacle(Member member) {
    String namespace = situation.claim().namespace();
    if (member.deleted()) {
      return Optional.of(
          new Obstacle(
              Reason.MemberDeleted,
              "its "
                  + member.kind()
                  + " is being deleted; a schedule there goes on until the member loses the labels"
                  + " that the destination selects"));
    }
    return member.allows(namespace)
        ? Optional.empty()
        : Optional.of(Obstacle.notAllowed(namespace));
  }

  private Decision carry(Operation operation, PolicyIntent policy) {
    ProviderConfigReference.Kind registration =
        Objects.requireNonNull(situation.existing().members().get(operation.member()));
    return new Decision.Carry(operation, policy, registration);
  }

  private Plan finish() {
    obstacles.addAll(Obstacle.sameClusters(situation.existing().identities()));
    List<Obstacle> all = new ArrayList<>(obstacles);
    if (!all.isEmpty() && !situation.existing().operations().isEmpty()) {
      all.add(new Obstacle(all.getFirst().reason(), "the schedules that exist go on"));
    }
    return new Plan(List.copyOf(decisions.values()), idle(), all, listing, false);
  }

  /** A member that nothing refers to any more, neither the claim nor what it has on the hub. */
  private List<String> idle() {
    Set<String> used = new HashSet<>(selected);
    situation.existing().operations().forEach(operation -> used.add(operation.member()));
    return complete
        ? situation.existing().members().keySet().stream()
            .filter(member -> !used.contains(member))
            .sorted()
            .toList()
        : List.of();
  }

  private static List<Member> sorted(List<Member> members) {
    return members.stream().sorted(Comparator.comparing(Member::name)).toList();
  }

  private static Operation operation(PolicyIntent policy, Member member) {
    return new Operation(Operation.Kind.Schedule, member.name(), policy.name());
  }
}
