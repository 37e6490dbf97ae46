package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.member.MemberApiException;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import java.time.Duration;
import java.util.function.Function;

/** The deletion of what must not stay on its member: it waits for it, however long, and says so. */
final class PatientDeletion {

  /** When to look again at what another is doing. */
  static final Duration AGAIN = Duration.ofSeconds(30);

  /** When to look again at what most likely is done at once. */
  static final Duration SOON = Duration.ofSeconds(2);

  /** What to do where it takes too long. */
  static final String WAY_OUT = "; without Delete in managementPolicies it lets go";

  private PatientDeletion() {}

  /**
   * One step.
   *
   * @param there what to do while the member answers
   */
  static DeleteControl step(OperationReport<?> report, Function<Footing, DeleteControl> there) {
    return switch (report.targetOfDeletion()) {
      case Target.Connecting connecting -> next(SOON);
      case Target.Unreachable unreachable -> stuck(report, unreachable.problem());
      case Target.Refused refused -> stuck(report, refused.problem());
      case Target.Waiting waiting -> stuck(report, waiting.problem());
      case Target.OtherHub other -> {
        report.leftToOtherHub(other.problem());
        yield DeleteControl.defaultDelete();
      }
      case Target.Reached reached -> {
        try {
          yield there.apply(report.footing(reached));
        } catch (MemberApiException e) {
          yield stuck(report, e.text());
        }
      }
    };
  }

  private static DeleteControl stuck(OperationReport<?> report, String problem) {
    report.deleting(problem + WAY_OUT, true);
    return next(AGAIN);
  }

  /** The next step follows. */
  static DeleteControl next(Duration delay) {
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(delay);
  }
}
