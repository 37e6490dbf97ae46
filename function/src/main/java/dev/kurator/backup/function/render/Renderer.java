package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.OperationDetail;
import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.Intent;
import dev.kurator.backup.function.claim.MigrateIntent;
import dev.kurator.backup.function.claim.RestoreIntent;
import dev.kurator.backup.function.claim.Timing;
import dev.kurator.backup.function.claim.Verdict;
import dev.kurator.backup.function.plan.ClaimPhase;
import dev.kurator.backup.function.plan.Obstacle;
import dev.kurator.backup.function.plan.Obstacle.Reason;
import dev.kurator.backup.function.plan.Plan;
import dev.kurator.backup.function.plan.Situation;
import dev.kurator.backup.function.render.ClaimCondition.Status;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Renders a plan. */
public final class Renderer {

  private Renderer() {}

  /**
   * Renders a plan.
   *
   * @param situation what the plan was made for
   * @param plan the plan
   * @param observed the claim's managed resources as they are
   * @param before the claim's conditions as they are
   * @return the same rendering for the same arguments
   */
  public static Rendering render(
      Situation situation, Plan plan, Observed observed, List<ClaimCondition> before) {
    Optional<Intent> intent =
        switch (situation.verdict()) {
          case Verdict.Valid valid -> Optional.of(valid.intent());
          case Verdict.Invalid _ -> Optional.empty();
        };
    SortedMap<String, Composed> resources = ManagedResources.of(situation, intent, plan, observed);
    List<Entry> entries = Entries.of(situation, plan, observed, startDeadline(intent.orElse(null)));
    Outcome outcome = Outcome.of(situation, plan, entries, intent);
    // Nothing has begun anywhere while it is Pending: what is in the way concerns the claim.
    List<OperationDetail> details =
        outcome.phase() == ClaimPhase.Pending
            ? List.of()
            : Brevity.shortened(entries.stream().map(Entry::detail).toList());
    Report report =
        new Report(
            situation.asked(),
            outcome.phase(),
            outcome.summary(),
            PolicyInForce.of(observed, resources.values(), situation.deletesData()),
            details);
    List<ClaimCondition> conditions = Conditions.of(plan, outcome, resources, observed);
    return new Rendering(
        resources,
        report,
        conditions,
        outcome.ready(),
        Notices.of(situation.claim(), situation.earlier(), before, report, conditions),
        new ResponseTtl(
                outcome.phase(),
                plan.obstacles().stream().anyMatch(Renderer::awaitsEdit),
                situation.deletesData() || observed.deletesData(),
                before.stream().noneMatch(Renderer::isCircuitOpen),
                resources.size())
            .duration());
  }

  private static String startDeadline(@Nullable Intent intent) {
    return switch (intent) {
      case BackupIntent backup when backup.timing() instanceof Timing.Once once ->
          once.startDeadline();
      case RestoreIntent restore -> restore.startDeadline();
      case MigrateIntent migrate -> migrate.startDeadline();
      case BackupIntent _ -> "its start deadline";
      case null -> "its start deadline";
    };
  }

  /** Listing a fleet that is too large every few seconds would not make it smaller. */
  private static boolean awaitsEdit(Obstacle obstacle) {
    return obstacle.reason() == Reason.InvalidClaim || obstacle.reason() == Reason.TooManyMembers;
  }

  /** Crossplane's circuit breaker: for minutes it drops nearly every event of a busy claim. */
  private static boolean isCircuitOpen(ClaimCondition condition) {
    return condition.type().equals("Responsive") && condition.status() == Status.False;
  }
}
