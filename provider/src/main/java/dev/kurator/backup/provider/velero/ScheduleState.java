package dev.kurator.backup.provider.velero;

import dev.kurator.backup.apis.syntax.CronSchedule;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Schedule as Velero has it.
 *
 * @param phase Velero's word for it, null before it has looked; it never looks at a paused one
 * @param validationErrors why Velero refuses it
 * @param cron when it runs
 * @param skipping whether Velero has yet to count on from now, as it was asked to
 * @param since what Velero counts the next run from (velero pkg/controller/schedule_controller.go):
 *     the last run, or the creation before the first, and the last skip if that is later
 */
public record ScheduleState(
    @Nullable String phase,
    List<String> validationErrors,
    String cron,
    boolean paused,
    boolean skipping,
    Instant since) {

  static ScheduleState of(GenericKubernetesResource schedule) {
    Fields spec = Fields.of(schedule).in("spec");
    Fields status = Fields.of(schedule).in("status");
    Instant ran =
        Times.read(status.textOrNull("lastBackup"))
            .or(() -> Times.read(schedule.getMetadata().getCreationTimestamp()))
            .orElse(Instant.EPOCH);
    return new ScheduleState(
        status.textOrNull("phase"),
        status.list("validationErrors"),
        spec.text("schedule"),
        Boolean.TRUE.equals(spec.map().get("paused")),
        Boolean.TRUE.equals(spec.map().get("skipImmediately")),
        Times.read(status.textOrNull("lastSkipped")).filter(ran::isBefore).orElse(ran));
  }

  /** Whether Velero refuses it. */
  public boolean refused() {
    return "FailedValidation".equals(phase);
  }

  /**
   * When the next run is due, in the past where Velero has yet to begin it.
   *
   * @return empty where none ever is, or Velero could not read the expression
   */
  public Optional<Instant> due() {
    return dueAfter(since);
  }

  /** When the first run after an instant is due. */
  public Optional<Instant> dueAfter(Instant after) {
    try {
      return CronSchedule.parse(cron).next(after);
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
