package dev.kurator.backup.function.render;

import dev.kurator.backup.function.claim.Intent;
import dev.kurator.backup.function.plan.ClaimPhase;
import dev.kurator.backup.function.plan.Decision;
import dev.kurator.backup.function.plan.Plan;
import dev.kurator.backup.function.plan.Situation;
import java.util.List;
import java.util.Optional;

/** What the state of all operations means for the claim. */
sealed interface Outcome permits OnceOutcome, MigrateOutcome, ScheduleOutcome {

  /** Of the entries of a claim. */
  static Outcome of(Situation situation, Plan plan, List<Entry> entries, Optional<Intent> intent) {
    return switch (situation.asked()) {
      case Backup -> OnceOutcome.of(plan, entries, situation.earlier().started(), "completed");
      case Restore -> OnceOutcome.of(plan, entries, situation.earlier().started(), "restored");
      case Migrate -> MigrateOutcome.of(situation, plan, entries);
      case Schedule -> ScheduleOutcome.of(plan, entries, situation.earlier().phase(), intent);
    };
  }

  ClaimPhase phase();

  /** Whether the claim as a whole is ready. */
  boolean ready();

  /** The state of all members in one line. */
  String summary();

  /** The conditions that only this kind of claim can tell. */
  List<ClaimCondition> conditions();

  /** Whether anything of the claim is on the hub, or is now put there. */
  static boolean isRendered(Plan plan) {
    return plan.decisions().stream()
        .anyMatch(
            decision ->
                switch (decision) {
                  case Decision.Carry _,
                      Decision.Begin _,
                      Decision.Prepare _,
                      Decision.Keep _,
                      Decision.Release _ ->
                      true;
                  case Decision.Drop _,
                      Decision.Recall _,
                      Decision.Hold _,
                      Decision.Expire _,
                      Decision.Refuse _ ->
                      false;
                });
  }
}
