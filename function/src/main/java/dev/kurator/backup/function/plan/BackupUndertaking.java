package dev.kurator.backup.function.plan;

import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.PolicyIntent;
import dev.kurator.backup.function.plan.Destinations.Lookup;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** A Backup that is taken once: rendered from the claim as long as the claim says what it is. */
final class BackupUndertaking implements Undertaking {

  private final Situation situation;
  private final BackupIntent intent;
  private final Destinations destinations;

  BackupUndertaking(Situation situation, BackupIntent intent) {
    this.situation = situation;
    this.intent = intent;
    this.destinations = Destinations.ofStaying(situation.listed());
  }

  @Override
  public Resolution resolution() {
    SortedSet<Operation> operations = new TreeSet<>();
    Set<Obstacle> obstacles = new LinkedHashSet<>();
    boolean listing = false;
    for (PolicyIntent policy : intent.policies()) {
      List<Member> members =
          switch (destinations.of(policy.selection(), whose(policy))) {
            case Lookup.Unlisted _ -> {
              listing = true;
              yield List.of();
            }
            case Lookup.Unfit unfit -> {
              obstacles.add(unfit.why());
              yield unfit.members();
            }
            case Lookup.Found found -> {
              Destinations.nobodyAllows(found.members(), namespace()).ifPresent(obstacles::add);
              yield found.members();
            }
          };
      members.forEach(
          member ->
              operations.add(new Operation(Operation.Kind.Backup, member.name(), policy.name())));
    }
    return new Resolution(operations, List.copyOf(obstacles), listing, false);
  }

  @Override
  public Decision goOn(Operation operation) {
    return intent
        .policy(operation.policy())
        .<Decision>map(
            policy ->
                new Decision.Carry(
                    operation,
                    policy,
                    Objects.requireNonNull(situation.existing().members().get(operation.member()))))
        .orElseGet(() -> new Decision.Keep(operation));
  }

  @Override
  public Attempt attempt(Operation operation) {
    Optional<PolicyIntent> named = intent.policy(operation.policy());
    if (named.isEmpty()) {
      return new Attempt.Orphaned("the claim has no policy " + operation.policy() + " any more");
    }
    PolicyIntent policy = named.get();
    if (!destinations.isListed(policy.selection())) {
      return new Attempt.Unlisted();
    }
    return destinations
        .obstacle(policy.selection(), whose(policy), operation.member(), namespace())
        .<Attempt>map(Attempt.Blocked::new)
        .orElseGet(() -> new Attempt.Possible(carry(operation, policy)));
  }

  private Decision carry(Operation operation, PolicyIntent policy) {
    Member member = destinations.member(policy.selection(), operation.member()).orElseThrow();
    return new Decision.Carry(operation, policy, situation.registration(member));
  }

  private String namespace() {
    return situation.claim().namespace();
  }

  private static String whose(PolicyIntent policy) {
    return "policy " + policy.name();
  }
}
