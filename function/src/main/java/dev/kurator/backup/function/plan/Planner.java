package dev.kurator.backup.function.plan;

import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.MigrateIntent;
import dev.kurator.backup.function.claim.Problem;
import dev.kurator.backup.function.claim.RestoreIntent;
import dev.kurator.backup.function.claim.Timing;
import dev.kurator.backup.function.claim.Verdict;
import dev.kurator.backup.function.plan.Obstacle.Reason;
import java.util.List;

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
      case Verdict.Valid(BackupIntent backup) ->
          switch (backup.timing()) {
            case Timing.Once _ -> once(situation, new BackupUndertaking(situation, backup));
            case Timing.Scheduled _ -> new SchedulePlanner(situation, backup.policies()).plan();
          };
      case Verdict.Valid(RestoreIntent restore) ->
          once(situation, new RestoreUndertaking(situation, restore));
      case Verdict.Valid(MigrateIntent migrate) ->
          once(situation, new MigrateUndertaking(situation, migrate));
      case Verdict.Invalid(List<Problem> problems) ->
          planAround(
              situation,
              problems.stream()
                  .map(problem -> new Obstacle(Reason.InvalidClaim, problem.toString()))
                  .toList());
    };
  }

  /**
   * The plan of a claim that has no room for more members: those of a schedule go on, with the
   * claim's edits.
   *
   * @param why what is in the way of the others
   */
  public static Plan planWithoutNewcomers(Situation situation, Obstacle why) {
    return situation.verdict() instanceof Verdict.Valid(BackupIntent backup)
            && backup.timing() instanceof Timing.Scheduled
        ? new SchedulePlanner(situation, backup.policies()).planWithoutNewcomers(why)
        : planAround(situation, List.of(why));
  }

  /**
   * The plan of a claim that cannot be carried out: nothing of what there is changes.
   *
   * @param obstacles why
   */
  public static Plan planAround(Situation situation, List<Obstacle> obstacles) {
    return switch (situation.asked()) {
      case Backup, Restore, Migrate -> new OncePlanner(situation).planAround(obstacles);
      case Schedule -> SchedulePlanner.planAround(situation, obstacles);
    };
  }

  private static Plan once(Situation situation, Undertaking undertaking) {
    return new OncePlanner(situation).plan(undertaking);
  }
}
