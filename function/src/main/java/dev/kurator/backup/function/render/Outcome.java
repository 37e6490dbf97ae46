package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.claim.BackupPhase;
import dev.kurator.backup.function.plan.Decision;
import dev.kurator.backup.function.plan.Phases;
import dev.kurator.backup.function.plan.Plan;
import java.util.List;

/** The claim's phase, from its operations. */
final class Outcome {

  private Outcome() {}

  static BackupPhase of(Plan plan, List<BackupDetail> details, boolean started) {
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
    return started || plan.decisions().stream().anyMatch(Outcome::isRendered)
        ? BackupPhase.Preparing
        : BackupPhase.Pending;
  }

  static boolean isFinal(BackupPhase phase) {
    return switch (phase) {
      case Completed, PartiallyFailed, Failed -> true;
      case Pending, Preparing, Running, Scheduled -> false;
    };
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

  private static boolean isRendered(Decision decision) {
    return switch (decision) {
      case Decision.Carry _, Decision.Keep _ -> true;
      case Decision.Recall _, Decision.Hold _, Decision.Expire _ -> false;
    };
  }
}
