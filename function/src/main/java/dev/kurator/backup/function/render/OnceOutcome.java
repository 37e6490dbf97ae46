package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.OperationDetail;
import dev.kurator.backup.function.plan.ClaimPhase;
import dev.kurator.backup.function.plan.Phases;
import dev.kurator.backup.function.plan.Plan;
import dev.kurator.backup.function.render.ClaimCondition.Status;
import java.util.List;

/**
 * Of a claim that is carried out once.
 *
 * @param phase where it stands
 * @param summary the state of all members in one line
 */
record OnceOutcome(ClaimPhase phase, String summary) implements Outcome {

  /** An operation runs once, so there is one way only. */
  private static final String AGAIN =
      "; to try again, mend the cause, delete this claim and apply it anew";

  /**
   * Looks at all entries.
   *
   * @param started whether the claim had been accepted before
   * @param done what a member is called where all is Completed
   */
  static OnceOutcome of(Plan plan, List<Entry> entries, boolean started, String done) {
    List<OperationDetail> details = entries.stream().map(Entry::detail).toList();
    ClaimPhase phase = phase(plan, details, started);
    Summary summary =
        new Summary(
            done,
            entry -> entry.detail().phase().equals(Phases.COMPLETED),
            entry -> Remarks.ofOnce(entry.detail()));
    return new OnceOutcome(
        phase, summary.of(plan, phase == ClaimPhase.Pending ? List.of() : entries));
  }

  @Override
  public boolean ready() {
    return phase == ClaimPhase.Completed;
  }

  @Override
  public List<ClaimCondition> conditions() {
    return List.of(succeeded(phase, summary));
  }

  /** How a claim ended, once it has. */
  static ClaimCondition succeeded(ClaimPhase phase, String summary) {
    return switch (phase) {
      case Completed -> new ClaimCondition(ClaimCondition.SUCCEEDED, Status.True, phase.name(), "");
      case PartiallyFailed, Failed ->
          new ClaimCondition(ClaimCondition.SUCCEEDED, Status.False, phase.name(), summary + AGAIN);
      case Pending, Preparing, Running, BackingUp, Restoring, Scheduled ->
          new ClaimCondition(ClaimCondition.SUCCEEDED, Status.Unknown, phase.name(), "");
    };
  }

  private static ClaimPhase phase(Plan plan, List<OperationDetail> details, boolean started) {
    if (plan.ended()) {
      return ClaimPhase.Failed;
    }
    if (!details.isEmpty()
        && !plan.listing()
        && details.stream().allMatch(detail -> Phases.isTerminal(detail.phase()))) {
      return ended(details);
    }
    if (details.stream().anyMatch(detail -> Phases.hasBegun(detail.phase()))) {
      return ClaimPhase.Running;
    }
    // An accepted claim is fixed: going back to Pending would make it editable again.
    return started || Outcome.isRendered(plan) ? ClaimPhase.Preparing : ClaimPhase.Pending;
  }

  /** What has become of a claim whose operations have all ended. */
  static ClaimPhase ended(List<OperationDetail> details) {
    long completed = count(details, Phases.COMPLETED);
    if (completed > 0 && completed == details.size()) {
      return ClaimPhase.Completed;
    }
    return completed + count(details, Phases.PARTIALLY_FAILED) == 0
        ? ClaimPhase.Failed
        : ClaimPhase.PartiallyFailed;
  }

  private static long count(List<OperationDetail> details, String phase) {
    return details.stream().filter(detail -> detail.phase().equals(phase)).count();
  }
}
