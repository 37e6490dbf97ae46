package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.apis.managed.VeleroScheduleObservation;
import dev.kurator.backup.provider.member.Seen;
import dev.kurator.backup.provider.velero.ScheduleState;
import dev.kurator.backup.provider.velero.Schedules;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps one Velero Schedule, and tells how its runs go. */
final class ScheduleReconciler extends OperationReconciler<VeleroSchedule, ScheduleReport> {

  private final ScheduleDeletion deletion;
  private final RunReasons reasons;
  private final Map<User, Instant> heldSince = new ConcurrentHashMap<>();

  ScheduleReconciler(Desk desk, Reasons reasons, Duration calm, Clock clock) {
    super(desk, calm, clock);
    this.reasons = new RunReasons(reasons);
    this.deletion = new ScheduleDeletion(desk);
  }

  @Override
  public List<EventSource<?, VeleroSchedule>> prepareEventSources(
      EventSourceContext<VeleroSchedule> context) {
    return List.of(desk().triggers().schedules(), Links.installs(context, Links.SCHEDULES));
  }

  @Override
  ScheduleReport report(VeleroSchedule schedule, Context<VeleroSchedule> context, Instant now) {
    return new ScheduleReport(desk(), context, schedule, now);
  }

  @Override
  Optional<VeleroSchedule> olderKeeper(ScheduleReport report) {
    return report.operation().policies().update()
        ? Links.olderKeeper(
            report.context(), report.resource(), report.operation(), Links.SCHEDULES)
        : Optional.empty();
  }

  @Override
  UpdateControl<VeleroSchedule> reached(ScheduleReport report, Footing footing) {
    ScheduleWork work = new ScheduleWork(report.resource(), footing, report::annotate);
    ScheduleWork.Result result = work.proceed(report.now());
    ScheduleReport current = report.of(result.schedule());
    return switch (result.step()) {
      case ScheduleStep.Wait wait -> waits(current, wait.message());
      case ScheduleStep.Blocked blocked -> {
        current.blocked(blocked.problem());
        yield after(AGAIN);
      }
      case ScheduleStep.Adopt adopt -> after(calm());
      case ScheduleStep.Create create -> {
        current.made("Schedule " + create.name());
        yield after(calm());
      }
      case ScheduleStep.Keep keep -> {
        if (result.adopted()) {
          current.foundOlder("Schedule " + keep.name());
        }
        yield keep(current, work, footing, keep);
      }
    };
  }

  private UpdateControl<VeleroSchedule> keep(
      ScheduleReport report, ScheduleWork work, Footing footing, ScheduleStep.Keep keep) {
    User user = report.user();
    Instant now = report.now();
    Instant since = heldSince.getOrDefault(user, now);
    ScheduleEdit edit = work.edit(keep, Duration.between(since, now), now);
    boolean held = edit instanceof ScheduleEdit.Hold;
    if (held) {
      heldSince.putIfAbsent(user, now);
    } else {
      heldSince.remove(user);
    }
    if (edit instanceof ScheduleEdit.Refused(String problem)) {
      VeleroScheduleObservation seen = work.look().observe(keep.schedule(), now);
      report.refusedEdit(keep.name(), seen, Schedules.state(keep.schedule()), problem);
      return after(AGAIN);
    }
    if (edit instanceof ScheduleEdit.Apply) {
      // the watch tells of what comes of it
      return after(calm());
    }
    return tell(report, work, footing, keep, held);
  }

  private UpdateControl<VeleroSchedule> tell(
      ScheduleReport report,
      ScheduleWork work,
      Footing footing,
      ScheduleStep.Keep keep,
      boolean held) {
    ScheduleState state = Schedules.state(keep.schedule());
    VeleroScheduleObservation seen = work.look().observe(keep.schedule(), report.now());
    if (passing(report, keep.name(), seen, state)) {
      return after(calm());
    }
    User user = report.user();
    RunReasons.Told told = reasons.of(user, footing, report.written(), seen, report.now());
    if (told.early() && !held) {
      return after(calm());
    }
    report.watched(keep.name(), told.seen(), state, held);
    if (held || told.pending()) {
      return after(held ? calm() : AGAIN);
    }
    reasons.forget(user);
    desk().uses().quiet(user, () -> dull(work, footing.target(), keep, seen));
    return UpdateControl.noUpdate();
  }

  /**
   * What Velero most likely goes on from at once: a new Schedule, and a new run. Never where
   * something else is to be written too: a condition, or the end of another run.
   */
  private boolean passing(
      ScheduleReport report, String name, VeleroScheduleObservation seen, ScheduleState state) {
    VeleroScheduleObservation written = report.written();
    boolean fresh = state.phase() == null && !state.paused() && written == null;
    boolean more =
        (report.hasStatus() && !report.sameConditions(name, seen, state))
            || ScheduleRuns.moreEnded(written, seen);
    User user = report.user();
    if (more || (!fresh && !ScheduleRuns.aboutToBegin(written, seen))) {
      pace().settled(user);
      return false;
    }
    return pace().passing(user, report.now(), calm());
  }

  /** Asked on the thread of a watch, which must not wait: no call to the member. */
  private static boolean dull(
      ScheduleWork work,
      Target.Reached reached,
      ScheduleStep.Keep keep,
      VeleroScheduleObservation seen) {
    return reached.member().velero(VeleroKind.Schedule, keep.name())
            instanceof Seen.Present<GenericKubernetesResource>(var now)
        && work.asWanted(keep.name(), now)
        && work.look()
            .watched(now, Instant.EPOCH)
            .filter(watched -> ScheduleRuns.same(seen, watched))
            .isPresent();
  }

  @Override
  DeleteControl delete(ScheduleReport report, String name) {
    return deletion.step(report, name);
  }

  @Override
  void forget(User user) {
    heldSince.remove(user);
    reasons.forget(user);
  }
}
