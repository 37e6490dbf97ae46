package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.apis.managed.VeleroScheduleObservation;
import dev.kurator.backup.apis.managed.VeleroScheduleStatus;
import dev.kurator.backup.provider.velero.ScheduleState;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is told about a VeleroSchedule after one look. */
final class ScheduleReport extends OperationReport<VeleroSchedule> {

  ScheduleReport(Desk desk, Context<VeleroSchedule> context, VeleroSchedule schedule, Instant now) {
    super(desk, context, Operation.of(schedule), schedule, now);
  }

  /** The same about a newer state of the resource. */
  ScheduleReport of(VeleroSchedule newer) {
    return new ScheduleReport(desk(), context(), newer, now());
  }

  /** Its life so far. */
  ScheduleSituation situation() {
    return ScheduleSituation.of(resource());
  }

  /** What the status says of Velero's Schedule, null where it says nothing. */
  @Nullable VeleroScheduleObservation written() {
    return hasStatus() ? resource().getStatus().atProvider() : null;
  }

  @Override
  List<Condition> conditions() {
    return hasStatus() ? resource().getStatus().conditions() : List.of();
  }

  @Override
  boolean exists() {
    return written() != null;
  }

  /** Velero goes on with a schedule that it has, whether or not we see it. */
  @Override
  List<Mark> hindered(String problem) {
    return Mark.isTrue(conditions(), Condition.READY)
        ? List.of(Mark.failing(problem))
        : super.hindered(problem);
  }

  @Override
  boolean write(List<Mark> marks) {
    return write(written(), marks, resource().getMetadata().getGeneration());
  }

  /** Something else has the name. */
  void blocked(String problem) {
    if (write(List.of(Mark.unavailable(problem), Mark.failing(problem)))) {
      desk().events().warning(resource(), EventReason.NameTaken, problem);
    }
  }

  /** Whether a look at Velero's Schedule changes no condition, only messages. */
  boolean sameConditions(String name, VeleroScheduleObservation seen, ScheduleState state) {
    return Mark.confirm(ScheduleMarks.of(name, seen, state, adopted()), conditions());
  }

  private boolean adopted() {
    return !Annotations.of(resource()).containsKey(Names.EXTERNAL_CREATE_PENDING);
  }

  /**
   * Velero's Schedule as it is.
   *
   * @param held whether what the spec says is not there yet
   */
  void watched(String name, VeleroScheduleObservation seen, ScheduleState state, boolean held) {
    VeleroScheduleObservation written = written();
    write(
        written != null && ScheduleRuns.same(written, seen) ? written : seen,
        ScheduleMarks.of(name, seen, state, adopted()),
        held && hasStatus()
            ? resource().getStatus().observedGeneration()
            : resource().getMetadata().getGeneration());
  }

  /** Velero's Schedule as it is; what the spec says of it now cannot be made of it. */
  void refusedEdit(
      String name, VeleroScheduleObservation seen, ScheduleState state, String problem) {
    Condition before = Mark.find(conditions(), Condition.SYNCED);
    Mark ready = ScheduleMarks.of(name, seen, state, adopted()).getFirst();
    boolean news = before == null || !problem.equals(before.message());
    write(
        seen,
        List.of(ready, Mark.failing(problem)),
        hasStatus() ? resource().getStatus().observedGeneration() : null);
    if (news) {
      desk().events().warning(resource(), EventReason.CannotUpdateExternalResource, problem);
    }
  }

  private boolean write(
      @Nullable VeleroScheduleObservation seen, List<Mark> marks, @Nullable Long generation) {
    List<Condition> after = Mark.apply(conditions(), marks, generation, now());
    desk().states().note(user(), seen != null, after);
    VeleroScheduleStatus status = new VeleroScheduleStatus(seen, after, generation);
    return Statuses.write(context(), resource(), status, marks);
  }
}
