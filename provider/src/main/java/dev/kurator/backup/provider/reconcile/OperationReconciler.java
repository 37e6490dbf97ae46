package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.member.MemberApiException;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What every operation goes through at each look: the pause, the way to its member, what the member
 * will not do, and the end of it all.
 *
 * @param <R> the kind of managed resource; the framework reads it off the subclass
 * @param <P> what is told about it
 */
abstract class OperationReconciler<R extends CustomResource<?, ?>, P extends OperationReport<R>>
    implements Reconciler<R>, Cleaner<R> {

  /** The net under the watches while something is awaited. */
  static final Duration AGAIN = Duration.ofSeconds(30);

  /** What another resource of the kind does wakes nobody; a look into the cache costs nothing. */
  private static final Duration SOON = Duration.ofSeconds(5);

  /** Shortest time between two messages of what is awaited; the VeleroInstall says more, sooner. */
  private static final Duration MESSAGES = Duration.ofSeconds(60);

  private final Desk desk;
  private final Duration calm;
  private final Clock clock;
  private final Pace pace = new Pace();

  /**
   * Works at the desk.
   *
   * @param calm see {@link Settings}
   */
  OperationReconciler(Desk desk, Duration calm, Clock clock) {
    this.desk = desk;
    this.calm = calm;
    this.clock = clock;
  }

  /** What there is to tell after a look at that moment. */
  abstract P report(R resource, Context<R> context, Instant now);

  /** What can be done without the member; empty where it is needed. */
  Optional<UpdateControl<R>> withoutMember(P report) {
    return Optional.empty();
  }

  /** The member is needed and cannot be seen. */
  UpdateControl<R> blind(P report, String problem) {
    report.cut(problem);
    return UpdateControl.noUpdate();
  }

  /**
   * The member answers.
   *
   * @throws MemberApiException where it does not after all, or says no
   */
  abstract UpdateControl<R> reached(P report, Footing footing);

  /** When to look again at what waits for something, whatever the watches tell. */
  Duration patience(P report) {
    return AGAIN;
  }

  /**
   * One step of the deletion of a resource that is not paused.
   *
   * @param name of Velero's object
   */
  abstract DeleteControl delete(P report, String name);

  /** The resource is gone. */
  void forget(User user) {}

  final Desk desk() {
    return desk;
  }

  final Duration calm() {
    return calm;
  }

  final Pace pace() {
    return pace;
  }

  final Instant now() {
    return clock.instant();
  }

  @Override
  public final UpdateControl<R> reconcile(R resource, Context<R> context) {
    return desk.failures().guard(resource, () -> reconciled(resource, context));
  }

  private UpdateControl<R> reconciled(R resource, Context<R> context) {
    P report = report(resource, context, now());
    if (report.operation().policies().paused()) {
      desk.release(report.user());
      report.paused();
      return UpdateControl.noUpdate();
    }
    Optional<String> unreadable = Unreadable.problem(resource);
    if (unreadable.isPresent()) {
      desk.release(report.user());
      return unreadable(report, unreadable.get());
    }
    return withoutMember(report).orElseGet(() -> look(report));
  }

  /** Something of the resource cannot be read, so nothing is done for it. */
  UpdateControl<R> unreadable(P report, String problem) {
    report.unreadable(problem);
    return UpdateControl.noUpdate();
  }

  private UpdateControl<R> look(P report) {
    Optional<String> before = predecessor(report);
    if (before.isPresent()) {
      return behind(report, before.get());
    }
    return switch (report.operation().target(desk)) {
      case Target.Connecting connecting -> after(calm);
      case Target.Unreachable unreachable -> blind(report, unreachable.problem());
      case Target.Refused refused -> blind(report, refused.problem());
      case Target.Waiting waiting -> {
        // no deadline ends it meanwhile: what it made on an earlier hub is found right after
        report.cut(waiting.problem());
        yield after(AGAIN);
      }
      case Target.OtherHub other -> blind(report, other.problem());
      case Target.Reached reached -> {
        try {
          yield reached(report, report.footing(reached));
        } catch (MemberApiException e) {
          if (e.connection()) {
            yield after(calm);
          }
          if (!e.unreadable()) {
            // of one that is, the failure's own text says more
            report.refused(e.text());
          }
          throw e;
        }
      }
    };
  }

  /** What has begun has an object of its own, but where both would keep it as they want it. */
  private Optional<String> predecessor(P report) {
    Optional<R> before =
        report.operation().externalName() == null
            ? Links.predecessor(report.context(), report.resource(), report.operation())
            : Optional.empty();
    return before
        .or(() -> olderKeeper(report))
        .map(other -> waitingFor(other.getKind() + " " + other.getMetadata().getName(), report));
  }

  /** An older resource that keeps the same object of Velero's as it wants it. */
  Optional<R> olderKeeper(P report) {
    return Optional.empty();
  }

  private String waitingFor(String other, P report) {
    return "waiting for %s to go, which is for Velero's %s %s too"
        .formatted(other, report.operation().kind(), report.operation().wantedName());
  }

  /** Another of the same object must go first. */
  UpdateControl<R> behind(P report, String message) {
    return waits(report, message).rescheduleAfter(SOON);
  }

  /**
   * Something must happen first: writes it at once where a condition changes by it, another message
   * at most once a minute. Of a new resource nothing is written while it most likely passes at
   * once.
   */
  final UpdateControl<R> waits(P report, String message) {
    Duration left = calmLeft(report, report.created());
    if (!report.hasStatus() && left.isPositive()) {
      return after(left);
    }
    boolean due = !report.knownWaiting() || pace.left(report.user(), report.now()).isZero();
    if (due && report.waiting(message)) {
      pace.wrote(report.user(), report.now(), MESSAGES);
    }
    return after(patience(report));
  }

  /** How much is left of the time in which a first status waits for what follows at once. */
  final Duration calmLeft(P report, Instant since) {
    return Duration.between(report.now(), since.plus(calm));
  }

  final UpdateControl<R> after(Duration delay) {
    return UpdateControl.<R>noUpdate().rescheduleAfter(delay);
  }

  @Override
  public final DeleteControl cleanup(R resource, Context<R> context) {
    return desk.failures().guard(resource, () -> cleaned(resource, context));
  }

  private DeleteControl cleaned(R resource, Context<R> context) {
    P report = report(resource, context, now());
    if (report.operation().policies().paused()) {
      report.paused();
      return DeleteControl.noFinalizerRemoval();
    }
    String name = report.operation().externalName();
    DeleteControl control = name == null ? DeleteControl.defaultDelete() : deleted(report, name);
    if (!control.isRemoveFinalizer()
        && desk.terminating()
            .leave(
                resource,
                report.operation().reference(),
                "Velero's " + report.operation().kind() + " " + name,
                report.now())) {
      control = DeleteControl.defaultDelete();
    }
    if (control.isRemoveFinalizer()) {
      User user = report.user();
      forget(user);
      pace.forget(user);
      desk.gone(user, resource);
    }
    return Finalizer.release(context, control);
  }

  /** Which member it is cannot be guessed, and nobody else may be able to mend it. */
  private DeleteControl deleted(P report, String name) {
    if (Unreadable.at(report.resource(), Unreadable.REFERENCE)) {
      report.letGo(name);
      return DeleteControl.defaultDelete();
    }
    return delete(report, name);
  }
}
