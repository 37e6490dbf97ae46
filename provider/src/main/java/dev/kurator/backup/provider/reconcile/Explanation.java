package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.OperationObservation;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last thing told of an operation that runs once: why Velero counted errors or warnings.
 *
 * @param <R> the kind of managed resource
 * @param <O> what Velero says of it
 */
final class Explanation<R extends CustomResource<?, ?>, O extends OperationObservation> {

  /** The end of the operation waits that long for the reasons, so that both cost one update. */
  private static final Duration TOGETHER = Duration.ofSeconds(2);

  private static final Duration CONNECTED = Duration.ofSeconds(5);
  private static final Duration AGAIN = Duration.ofSeconds(10);

  private final Desk desk;
  private final Reasons reasons;
  private final Pace pace = new Pace();

  Explanation(Desk desk, Reasons reasons) {
    this.desk = desk;
    this.reasons = reasons;
  }

  /** Whether it is all that is left to tell. */
  boolean due(OneTimeReport<R, O> report) {
    O written = report.written();
    return written != null
        && Reasons.wanted(written)
        && Annotations.of(report.resource()).containsKey(Names.EXTERNAL_NAME);
  }

  /** Goes on after the end was told. */
  UpdateControl<R> continued(OneTimeReport<R, O> report) {
    String name = report.operation().shownName();
    return switch (report.operation().target(desk)) {
      case Target.Connecting connecting -> after(CONNECTED);
      case Target.Unreachable unreachable -> blind(report, name, unreachable.problem());
      case Target.Refused refused -> blind(report, name, refused.problem());
      case Target.Waiting waiting -> after(AGAIN);
      case Target.OtherHub other -> blind(report, name, other.problem());
      case Target.Reached reached -> {
        Footing footing = report.footing(reached);
        Optional<List<String>> words =
            reasons.of(report.user(), source(footing, name), report.now());
        yield words.isPresent() ? told(report, name, words.get(), footing) : after(AGAIN);
      }
    };
  }

  private UpdateControl<R> blind(OneTimeReport<R, O> report, String name, String problem) {
    Optional<List<String>> words = reasons.unreachable(report.operation(), problem, report.now());
    return words.isPresent() ? told(report, name, words.get(), null) : after(AGAIN);
  }

  private UpdateControl<R> told(
      OneTimeReport<R, O> report, String name, List<String> words, @Nullable Footing footing) {
    O written = report.written();
    if (written != null) {
      tell(report, name, report.explained(written, words), footing);
    }
    forget(report.user());
    desk.release(report.user());
    return UpdateControl.noUpdate();
  }

  /** The end was seen just now: tells it, with the reasons where they come soon. */
  UpdateControl<R> begun(OneTimeReport<R, O> report, Footing footing, String name, O seen) {
    User user = report.user();
    Optional<List<String>> words = reasons.of(user, source(footing, name), report.now());
    if (words.isEmpty() && pace.passing(user, report.now(), TOGETHER)) {
      return after(TOGETHER);
    }
    if (words.isEmpty()) {
      report.watched(name, seen);
      return after(AGAIN);
    }
    tell(report, name, report.explained(seen, words.get()), footing);
    forget(user);
    return UpdateControl.noUpdate();
  }

  /** The member hears of them first: once the hub knows them, nobody comes back for that. */
  private static <R extends CustomResource<?, ?>, O extends OperationObservation> void tell(
      OneTimeReport<R, O> report, String name, O explained, @Nullable Footing footing) {
    if (footing != null) {
      report.remember(footing, explained);
    }
    report.watched(name, explained);
  }

  /** It is told, or nobody asks any more. */
  void forget(User user) {
    reasons.forget(user);
    pace.forget(user);
  }

  private static ReasonsSource source(Footing footing, String name) {
    return ReasonsSource.of(footing, footing.operation().kind(), name);
  }

  private UpdateControl<R> after(Duration delay) {
    return UpdateControl.<R>noUpdate().rescheduleAfter(delay);
  }
}
