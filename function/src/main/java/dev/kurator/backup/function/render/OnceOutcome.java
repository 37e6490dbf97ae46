package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.claim.BackupPhase;
import dev.kurator.backup.function.plan.Phases;
import dev.kurator.backup.function.plan.Plan;
import dev.kurator.backup.function.render.ClaimCondition.Status;
import java.util.List;

/**
 * Of a Backup that is taken once.
 *
 * @param phase where it stands
 * @param summary the state of all members in one line
 */
record OnceOutcome(BackupPhase phase, String summary) implements Outcome {

  static OnceOutcome of(Plan plan, List<Entry> entries, boolean started) {
    List<BackupDetail> details = entries.stream().map(Entry::detail).toList();
    BackupPhase phase = phase(plan, details, started);
    Summary summary =
        new Summary(
            "completed",
            entry -> entry.detail().phase().equals(Phases.COMPLETED),
            entry -> Remarks.ofBackup(entry.detail()));
    return new OnceOutcome(
        phase, summary.of(plan, phase == BackupPhase.Pending ? List.of() : entries));
  }

  @Override
  public boolean ready() {
    return phase == BackupPhase.Completed;
  }

  @Override
  public List<ClaimCondition> conditions() {
    return List.of(
        switch (phase) {
          case Completed ->
              new ClaimCondition(ClaimCondition.SUCCEEDED, Status.True, phase.name(), "");
          case PartiallyFailed, Failed ->
              new ClaimCondition(ClaimCondition.SUCCEEDED, Status.False, phase.name(), summary);
          case Pending, Preparing, Running, Scheduled ->
              new ClaimCondition(ClaimCondition.SUCCEEDED, Status.Unknown, phase.name(), "");
        });
  }

  private static BackupPhase phase(Plan plan, List<BackupDetail> details, boolean started) {
    if (plan.ended()) {
      return BackupPhase.Failed;
    }
    if (!details.isEmpty()
        && !plan.listing()
        && details.stream().allMatch(detail -> Phases.isTerminal(detail.phase()))) {
      return ended(details);
    }
    if (details.stream().anyMatch(detail -> Phases.hasBegun(detail.phase()))) {
      return BackupPhase.Running;
    }
    // An accepted claim is fixed: going back to Pending would make it editable again.
    return started || Outcome.isRendered(plan) ? BackupPhase.Preparing : BackupPhase.Pending;
  }

  private static BackupPhase ended(List<BackupDetail> details) {
    long completed = count(details, Phases.COMPLETED);
    if (completed == details.size()) {
      return BackupPhase.Completed;
    }
    return completed + count(details, Phases.PARTIALLY_FAILED) == 0
        ? BackupPhase.Failed
        : BackupPhase.PartiallyFailed;
  }

  private static long count(List<BackupDetail> details, String phase) {
    return details.stream().filter(detail -> detail.phase().equals(phase)).count();
  }
}
