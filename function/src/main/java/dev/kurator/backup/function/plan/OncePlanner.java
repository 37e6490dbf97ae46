package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.claim.OperationDetail;
import dev.kurator.backup.function.plan.Obstacle.Reason;
import dev.kurator.backup.function.plan.Undertaking.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Plans a claim that is carried out once: it keeps the members that it started with. */
final class OncePlanner {

  private final Situation situation;
  private final boolean started;
  private final List<Obstacle> obstacles = new ArrayList<>();

  OncePlanner(Situation situation) {
    this.situation = situation;
    this.started = situation.earlier().started();
  }

  /** An invalid claim, also by a later edit, changes nothing of what there is. */
  Plan planAround(List<Obstacle> all) {
    obstacles.addAll(all);
    String why = Obstacle.joined(obstacles);
    List<Decision> decisions = new ArrayList<>();
    for (Operation operation : situation.begun()) {
      decisions.add(
          exists(operation)
              ? new Decision.Keep(operation)
              : ended(operation).orElseGet(() -> waiting(operation, why)));
    }
    return finish(decisions, why, false, false);
  }

  Plan plan(Undertaking undertaking) {
    Resolution resolution = undertaking.resolution();
    SortedSet<Operation> operations = situation.begun();
    if (!started) {
      operations.addAll(resolution.operations());
    }
    boolean listing = !started && resolution.listing();
    String unresolved = started ? "" : Obstacle.joined(resolution.obstacles());
    boolean hopeless = !started && resolution.hopeless();
    if (!started && (hopeless || !situation.deadlinePassed())) {
      obstacles.addAll(resolution.obstacles());
    }
    List<Decision> decisions = new ArrayList<>();
    for (Operation operation : operations) {
      decisions.add(
          exists(operation)
              ? undertaking.goOn(operation)
              : ended(operation)
                  .orElseGet(
                      () ->
                          decide(operation, undertaking.attempt(operation), listing, unresolved)));
    }
    situation.existing().operations().stream()
        .filter(operation -> operation.kind() == Operation.Kind.Schedule)
        .sorted()
        .map(situation.existing()::leave)
        .forEach(decisions::add);
    return finish(decisions, unresolved, listing, hopeless);
  }

  private boolean exists(Operation operation) {
    return situation.existing().operations().contains(operation);
  }

  private Decision decide(
      Operation operation, Attempt attempt, boolean listing, String unresolved) {
    return switch (attempt) {
      case Attempt.Orphaned(String why) -> waiting(operation, why);
      case Attempt.Unlisted _ -> unlisted(operation);
      case Attempt _ when listing -> unlisted(operation);
      case Attempt _ when !unresolved.isEmpty() -> waiting(operation, unresolved);
      case Attempt.Blocked(Obstacle obstacle) -> blocked(operation, obstacle);
      case Attempt.Hopeless(String why) -> new Decision.Refuse(operation, why);
      case Attempt.Possible(Decision decision) ->
          situation.deadlinePassed() ? late(operation, decision) : decision;
      case Attempt.Unhurried(Decision decision) -> decision;
    };
  }

  /** What is only missing just now ends nothing, not even past the deadline. */
  private static Decision unlisted(Operation operation) {
    return new Decision.Hold(operation, "members are being listed");
  }

  private Decision blocked(Operation operation, Obstacle obstacle) {
    if (!situation.deadlinePassed()) {
      obstacles.add(obstacle.on(operation.member()));
    }
    return waiting(operation, obstacle.message());
  }

  private Decision late(Operation operation, Decision decision) {
    String why = "its " + operation.kind().resource() + " is gone, or was never made";
    if (!started) {
      why =
          situation
              .earlier()
              .refusal()
              .map(reason -> "not accepted, " + reason)
              .orElse("the claim was first read after that");
    } else if (decision instanceof Decision.Prepare prepare) {
      why = prepare.why();
    }
    return new Decision.Expire(operation, why);
  }

  private Optional<Decision> ended(Operation operation) {
    OperationDetail detail = situation.earlier().details().get(operation);
    return started && detail != null && Phases.isTerminal(detail.phase())
        ? Optional.of(new Decision.Recall(operation, detail))
        : Optional.empty();
  }

  private Decision waiting(Operation operation, String why) {
    return situation.deadlinePassed()
        ? new Decision.Expire(operation, why)
        : new Decision.Hold(operation, why);
  }

  private Plan finish(List<Decision> decisions, String why, boolean listing, boolean hopeless) {
    boolean over = started || hopeless || (situation.deadlinePassed() && !listing);
    boolean ended = decisions.isEmpty() && over;
    if (ended && !hopeless) {
      String summary = started ? situation.earlier().summary() : null;
      // A claim that was refused for good says why again, not that it did not start.
      Reason reason =
          started ? situation.earlier().refusal().orElse(Reason.NotStarted) : Reason.NotStarted;
      obstacles.clear();
      obstacles.add(
          new Obstacle(reason, summary == null ? "did not start in time: " + why : summary));
    }
    if (!(ended && started)) { // Its summary says it already.
      obstacles.addAll(Obstacle.sameClusters(situation.existing().identities()));
    }
    return new Plan(decisions, List.of(), obstacles, listing, ended);
  }
}
