package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.apis.managed.VeleroScheduleObservation;
import dev.kurator.backup.apis.managed.VeleroScheduleSpec;
import dev.kurator.backup.provider.member.Seen;
import dev.kurator.backup.provider.velero.ScheduleState;
import dev.kurator.backup.provider.velero.Schedules;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps one Velero Schedule, and tells how its runs go. */
final class ScheduleReconciler implements Reconciler<VeleroSchedule>, Cleaner<VeleroSchedule> {

  /** The net under the watches while something is awaited. */
  static final Duration AGAIN = Duration.ofSeconds(30);

  /** What a schedule waits for is on its VeleroInstall, sooner. */
  private static final Duration MESSAGES = Duration.ofSeconds(60);

  /** What most likely passes at once is not worth an update of the claim. */
  private static final Duration CALM = Duration.ofSeconds(5);

  private final Desk desk;
  private final Clock clock;
  private final ScheduleDeletion deletion;
  private final Pace pace = new Pace();
  private final Map<User, Instant> heldSince = new ConcurrentHashMap<>();

  ScheduleReconciler(Desk desk, Clock clock) {
    this.desk = desk;
    this.clock = clock;
    this.deletion = new ScheduleDeletion(desk, clock);
  }

  @Override
  public List<EventSource<?, VeleroSchedule>> prepareEventSources(
      EventSourceContext<VeleroSchedule> context) {
    return List.of(desk.triggers().schedules(), Links.installsOfSchedules(context));
  }

  @Override
  public UpdateControl<VeleroSchedule> reconcile(
      VeleroSchedule schedule, Context<VeleroSchedule> context) {
    ScheduleReport report = new ScheduleReport(desk, context, schedule, clock.instant());
    VeleroScheduleSpec spec = schedule.getSpec();
    ScheduleSituation situation = ScheduleSituation.of(schedule);
    if (situation.policies().paused()) {
      desk.release(report.user());
      report.paused();
      return UpdateControl.noUpdate();
    }
    Target target =
        desk.targets()
            .resolve(
                report.user(),
                spec.providerConfigRef(),
                Set.of(),
                objects(situation.externalName()));
    return switch (target) {
      case Target.Connecting connecting -> after(CALM);
      case Target.Unreachable unreachable -> {
        report.cut(unreachable.problem());
        yield UpdateControl.noUpdate();
      }
      case Target.Refused refused -> {
        report.cut(refused.problem());
        yield UpdateControl.noUpdate();
      }
      case Target.Reached reached -> reached(context, report, reached);
    };
  }

  private UpdateControl<VeleroSchedule> reached(
      Context<VeleroSchedule> context, ScheduleReport report, Target.Reached reached) {
    reached.member().watch(reached.namespace());
    VeleroInstall install = context.getSecondaryResource(VeleroInstall.class).orElse(null);
    ScheduleWork work =
        new ScheduleWork(report.resource(), footing(desk, report.resource(), install, reached));
    try {
      ScheduleWork.Result result =
          work.proceed(
              (resource, annotations) -> Annotations.write(context, resource, annotations),
              report.now());
      ScheduleReport current = report.of(result.schedule());
      return switch (result.step()) {
        case ScheduleStep.Wait wait -> waits(current, wait.message());
        case ScheduleStep.Blocked blocked -> {
          current.blocked(blocked.problem());
          yield after(AGAIN);
        }
        case ScheduleStep.Adopt adopt -> after(CALM);
        case ScheduleStep.Create create -> {
          current.made("Schedule " + create.name());
          yield after(CALM);
        }
        case ScheduleStep.Keep keep -> {
          if (result.adopted()) {
            current.foundOlder("Schedule " + keep.name());
          }
          yield keep(current, work, reached, keep);
        }
      };
    } catch (MemberTrouble trouble) {
      if (trouble.connection()) {
        return after(CALM);
      }
      report.refused(trouble.text());
      throw trouble;
    }
  }

  private UpdateControl<VeleroSchedule> waits(ScheduleReport report, String message) {
    Duration calm = Duration.between(report.now(), report.created().plus(CALM));
    if (!report.known() && calm.isPositive()) {
      return after(calm);
    }
    if (!report.knownWaiting() || pace.left(report.user(), report.now()).isZero()) {
      report.waiting(message);
      pace.wrote(report.user(), report.now(), MESSAGES);
    }
    return after(AGAIN);
  }

  private UpdateControl<VeleroSchedule> keep(
      ScheduleReport report, ScheduleWork work, Target.Reached reached, ScheduleStep.Keep keep) {
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
    if (edit instanceof ScheduleEdit.Apply) {
      // the watch tells of what comes of it
      return after(CALM);
    }
    return tell(report, work, reached, keep, held);
  }

  private UpdateControl<VeleroSchedule> tell(
      ScheduleReport report,
      ScheduleWork work,
      Target.Reached reached,
      ScheduleStep.Keep keep,
      boolean held) {
    ScheduleState state = Schedules.state(keep.schedule());
    VeleroScheduleObservation seen = work.look().observe(keep.schedule(), report.now());
    if (passing(report, seen, state)) {
      return after(CALM);
    }
    report.watched(keep.name(), seen, state, held);
    if (held) {
      return after(CALM);
    }
    desk.uses().quiet(report.user(), () -> dull(work, reached, keep, seen));
    return UpdateControl.noUpdate();
  }

  /** What Velero most likely goes on from at once: a new Schedule, and a new run. */
  private boolean passing(
      ScheduleReport report, VeleroScheduleObservation seen, ScheduleState state) {
    boolean fresh = state.phase() == null && !state.paused() && report.written() == null;
    User user = report.user();
    if (!fresh && !ScheduleRuns.aboutToBegin(report.written(), seen)) {
      pace.settled(user);
      return false;
    }
    return pace.passing(user, report.now(), CALM);
  }

  private static boolean dull(
      ScheduleWork work,
      Target.Reached reached,
      ScheduleStep.Keep keep,
      VeleroScheduleObservation seen) {
    return reached.member().velero(VeleroKind.Schedule, keep.name())
            instanceof Seen.Present<GenericKubernetesResource>(var now)
        && work.asWanted(keep.name(), now)
        && ScheduleRuns.same(seen, work.look().observe(now, Instant.EPOCH));
  }

  /** What the schedule stands on. */
  static Footing footing(
      Desk desk, VeleroSchedule schedule, @Nullable VeleroInstall install, Target.Reached target) {
    VeleroScheduleSpec spec = schedule.getSpec();
    return new Footing(
        desk, spec.forProvider().installName(), spec.providerConfigRef(), install, target);
  }

  /** What on the member is worth a look; with a Schedule its runs are. */
  static Set<String> objects(@Nullable String externalName) {
    return externalName == null ? Set.of() : Set.of("Schedule/" + externalName);
  }

  private static UpdateControl<VeleroSchedule> after(Duration delay) {
    return UpdateControl.<VeleroSchedule>noUpdate().rescheduleAfter(delay);
  }

  @Override
  public DeleteControl cleanup(VeleroSchedule schedule, Context<VeleroSchedule> context) {
    DeleteControl control = deletion.cleanup(schedule, context);
    if (control.isRemoveFinalizer()) {
      User user = User.of(ManagedKind.VeleroSchedule, schedule);
      pace.forget(user);
      heldSince.remove(user);
      desk.release(user);
      desk.states().gone(user);
    }
    return control;
  }
}
