package dev.kurator.backup.function.plan;

import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.MigrateIntent;
import dev.kurator.backup.function.claim.Problem;
import dev.kurator.backup.function.claim.RestoreIntent;
import dev.kurator.backup.function.claim.Timing;
import dev.kurator.backup.function.claim.Verdict;
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
          switch (situation.asked()) {
            case Backup, Restore, Migrate -> new OncePlanner(situation).planAround(problems);
            case Schedule -> SchedulePlanner.planAround(situation, problems);
          };
    };
  }

  private static Plan once(Situation situation, Undertaking undertaking) {
    return new OncePlanner(situation).plan(undertaking);
  }
}
