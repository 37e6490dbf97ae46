package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.OperationObservation;
import dev.kurator.backup.apis.syntax.GoDuration;
import dev.kurator.backup.provider.member.Seen;
import dev.kurator.backup.provider.velero.VeleroPhase;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What an operation that runs once goes through: the wait until its deadline, the watch on Velero's
 * object, the end with its reasons, and then nothing any more.
 *
 * @param <R> the kind of managed resource; the framework reads it off the subclass
 * @param <O> what Velero says of it
 * @param <P> what is told about it
 */
abstract class OneTimeReconciler<
        R extends CustomResource<?, ?>,
        O extends OperationObservation,
        P extends OneTimeReport<R, O>>
    extends OperationReconciler<R, P> {

  private static final Duration PROGRESS = Duration.ofSeconds(15);

  private final Explanation<R, O> explanation;

  OneTimeReconciler(Desk desk, Reasons reasons, Duration calm, Clock clock) {
    super(desk, calm, clock);
    this.explanation = new Explanation<>(desk, reasons);
  }

  /** How it ends without a look at the member; empty where it must be waited for. */
  abstract Optional<O> endBlindly(P report, String problem);

  @Override
  final Optional<UpdateControl<R>> withoutMember(P report) {
    if (explanation.due(report)) {
      return Optional.of(explanation.continued(report));
    }
    if (!report.situation().over()) {
      return Optional.empty();
    }
    pace().forget(report.user());
    desk().release(report.user());
    report.resumed();
    return Optional.of(UpdateControl.noUpdate());
  }

  @Override
  final UpdateControl<R> blind(P report, String problem) {
    return missed(report, problem)
        .orElseGet(
            () -> {
              report.cut(problem);
              return after(patience(report));
            });
  }

  @Override
  final UpdateControl<R> behind(P report, String message) {
    return missed(report, message).orElseGet(() -> super.behind(report, message));
  }

  /** What never began ends at its deadline, or the claim would wait for ever. */
  @Override
  final UpdateControl<R> unreadable(P report, String problem) {
    if (Unreadable.at(report.resource(), "status") || report.situation().over()) {
      return super.unreadable(report, problem);
    }
    return missed(report, problem)
        .orElseGet(
            () -> {
              report.unreadable(problem);
              return after(patience(report));
            });
  }

  private Optional<UpdateControl<R>> missed(P report, String why) {
    return endBlindly(report, why)
        .map(
            end -> {
              report.ended(end);
              return UpdateControl.noUpdate();
            });
  }

  /**
   * Velero's object is there: writes a change of phase or condition at once, progress at most once
   * in its interval.
   */
  final UpdateControl<R> watch(P report, Footing footing, String name, O seen) {
    if (Reasons.wanted(seen)) {
      return explanation.begun(report, footing, name, seen);
    }
    Duration left = calmLeft(report, announced(report));
    if (report.written() == null
        && VeleroPhase.of(seen.phase()) == VeleroPhase.Waiting
        && left.isPositive()
        && (!report.hasStatus() || report.sameConditions(name, seen))) {
      return after(left);
    }
    Duration wait = pace().wait(report.user(), report.written(), seen, report.now());
    if (wait.isPositive() && report.sameConditions(name, seen)) {
      Instant due = report.now().plus(wait);
      desk().uses().quiet(report.user(), () -> now().isBefore(due) && same(footing, name, seen));
      return after(wait);
    }
    if (report.watched(name, seen)) {
      pace()
          .wrote(
              report.user(), report.now(), GoDuration.parse(report.progressInterval(), PROGRESS));
    }
    return OneTimeSituation.over(seen.phase()) ? UpdateControl.noUpdate() : after(AGAIN);
  }

  private Instant announced(P report) {
    return Objects.requireNonNullElse(OneTimeSituation.announced(report.resource()), Instant.EPOCH);
  }

  /** Whether the watch still shows the object in the same stage of its life. */
  private boolean same(Footing footing, String name, O seen) {
    return footing.target().member().velero(footing.operation().kind(), name)
            instanceof Seen.Present<GenericKubernetesResource>(var now)
        && VeleroPhase.of(now) == VeleroPhase.of(seen.phase());
  }

  /** Until it is too late to begin, where that is soon. */
  @Override
  final Duration patience(P report) {
    Duration left = Duration.between(report.now(), report.deadline()).plusSeconds(1);
    return left.isPositive() && left.compareTo(AGAIN) < 0 ? left : AGAIN;
  }

  @Override
  final void forget(User user) {
    explanation.forget(user);
  }
}
