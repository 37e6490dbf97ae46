package dev.kurator.backup.function.plan;

import dev.kurator.backup.function.claim.Timing;
import dev.kurator.backup.function.claim.Verdict;

/** Makes the plan of a claim. */
public final class Planner {

  private Planner() {}

  /**
   * Decides about every operation of a claim.
   *
   * @param situation all that is known
   * @return the same plan for the same situation
   */
  public static Plan plan(Situation situation) {
    return switch (situation.verdict()) {
      case Verdict.Valid valid ->
          switch (valid.intent().timing()) {
            case Timing.Once _ -> new OncePlanner(situation).plan(valid.intent());
            case Timing.Scheduled _ ->
                new SchedulePlanner(situation, valid.intent().policies()).plan();
          };
      case Verdict.Invalid invalid ->
          switch (situation.kind()) {
            case Backup -> new OncePlanner(situation).planAround(invalid.problems());
            case Schedule -> SchedulePlanner.planAround(situation, invalid.problems());
          };
    };
  }
}
