package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.PolicyIntent;
import dev.kurator.backup.function.claim.Problem;
import dev.kurator.backup.function.claim.Selection;
import dev.kurator.backup.function.plan.Obstacle.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Plans a Backup that is taken once: it keeps the members that it started with. */
final class OncePlanner {

  private final Situation situation;
  private final Map<Selection, List<Member>> listed;
  private final Destinations destinations;
  private final boolean started;
  private final List<Obstacle> obstacles = new ArrayList<>();

  OncePlanner(Situation situation) {
    this.situation = situation;
    this.listed = withoutDeleted(situation.listed());
    this.destinations = new Destinations(listed);
    this.started = situation.earlier().started();
  }

  /** An invalid claim, also by a later edit, changes nothing of what there is. */
  Plan planAround(List<Problem> problems) {
    for (Problem problem : problems) {
      obstacles.add(new Obstacle(Reason.InvalidClaim, problem.toString()));
    }
    String why = Obstacle.joined(obstacles);
    List<Decision> decisions =
        known().stream().map(operation -> withoutClaim(operation, why)).toList();
    return finish(decisions, why, false);
  }

  private Decision withoutClaim(Operation operation, String why) {
    return situation.existing().operations().contains(operation)
        ? new Decision.Keep(operation)
        : ended(operation).orElseGet(() -> waiting(operation, why));
  }

  Plan plan(BackupIntent intent) {
    Resolution resolution = Resolution.of(intent, destinations, situation.claim().namespace());
    SortedSet<Operation> operations = known();
    if (!started) {
      operations.addAll(resolution.operations());
    }
    boolean listing = !started && resolution.listing();
    String unresolved = started ? "" : Obstacle.joined(resolution.obstacles());
    if (!started && !situation.deadlinePassed()) {
      obstacles.addAll(resolution.obstacles());
    }
    List<Decision> decisions = new ArrayList<>();
    for (Operation operation : operations) {
      decisions.add(decide(operation, intent, listing, unresolved));
    }
    situation.existing().operations().stream()
        .filter(operation -> operation.kind() == Operation.Kind.Schedule)
        .sorted()
        .map(situation.existing()::leave)
        .forEach(decisions::add);
    return finish(decisions, unresolved, listing);
  }

  /**
   * What the Backup started with: the operations of the claim's status once it is accepted, and
   * those that exist in any case.
   */
  private SortedSet<Operation> known() {
    SortedSet<Operation> known = new TreeSet<>(situation.existing().operations());
    known.removeIf(operation -> operation.kind() != Operation.Kind.Backup);
    if (started) {
      known.addAll(situation.earlier().details().keySet());
    }
    return known;
  }

  private Decision decide(
      Operation operation, BackupIntent intent, boolean listing, String unresolved) {
    Optional<PolicyIntent> policy = intent.policy(operation.policy());
    if (policy.isEmpty()) {
      return withoutClaim(operation, "the claim has no policy " + operation.policy() + " any more");
    }
    if (situation.existing().operations().contains(operation)) {
      return new Decision.Carry(
          operation,
          policy.get(),
          Objects.requireNonNull(situation.existing().members().get(operation.member())));
    }
    return ended(operation)
        .orElseGet(() -> decideUnrendered(operation, policy.get(), listing, unresolved));
  }

  private Decision decideUnrendered(
      Operation operation, PolicyIntent policy, boolean listing, String unresolved) {
    List<Member> members = listed.get(policy.selection());
    if (listing || members == null) {
      // What is only missing just now ends nothing, not even past the deadline.
      return new Decision.Hold(operation, "members are being listed");
    }
    if (!unresolved.isEmpty()) {
      return waiting(operation, unresolved);
    }
    Optional<Member> member =
        members.stream().filter(one -> one.name().equals(operation.member())).findFirst();
    Optional<Obstacle> obstacle =
        destinations.ambiguity(policy, operation.member()).or(() -> obstacle(member, policy));
    if (obstacle.isPresent()) {
      if (!situation.deadlinePassed()) {
        obstacles.add(obstacle.get().on(operation.member()));
      }
      return waiting(operation, obstacle.get().message());
    }
    if (situation.deadlinePassed()) {
      return new Decision.Expire(
          operation, started ? "its VeleroBackup is gone" : "the claim was first read after that");
    }
    return new Decision.Carry(operation, policy, situation.registration(member.orElseThrow()));
  }

  /** What keeps a single member from being used, if anything. */
  private Optional<Obstacle> obstacle(Optional<Member> member, PolicyIntent policy) {
    if (member.isEmpty()) {
      String labels = policy.selection().selector();
      return Optional.of(
          new Obstacle(
              Reason.MemberMissing,
              "no provider config of that name carries the labels " + labels + " any more"));
    }
    String namespace = situation.claim().namespace();
    return member.get().allows(namespace)
        ? Optional.empty()
        : Optional.of(Obstacle.notAllowed(namespace));
  }

  private Optional<Decision> ended(Operation operation) {
    BackupDetail detail = situation.earlier().details().get(operation);
    return started && detail != null && Phases.isTerminal(detail.phase())
        ? Optional.of(new Decision.Recall(operation, detail))
        : Optional.empty();
  }

  private Decision waiting(Operation operation, String why) {
    return situation.deadlinePassed()
        ? new Decision.Expire(operation, why)
        : new Decision.Hold(operation, why);
  }

  private Plan finish(List<Decision> decisions, String why, boolean listing) {
    boolean over = started || (situation.deadlinePassed() && !listing);
    boolean ended = decisions.isEmpty() && over;
    if (ended) {
      String summary = started ? situation.earlier().summary() : null;
      obstacles.clear();
      obstacles.add(
          new Obstacle(
              Reason.NotStarted, summary == null ? "did not start in time: " + why : summary));
    }
    obstacles.addAll(Obstacle.sameClusters(situation.existing().identities()));
    return new Plan(decisions, List.of(), obstacles, listing, ended);
  }

  /** One that is being deleted is as good as gone for a backup that has not begun. */
  private static Map<Selection, List<Member>> withoutDeleted(Map<Selection, List<Member>> listed) {
    Map<Selection, List<Member>> left = new HashMap<>();
    listed.forEach(
        (selection, members) ->
            left.put(selection, members.stream().filter(one -> !one.deleted()).toList()));
    return left;
  }
}
