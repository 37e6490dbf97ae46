package dev.kurator.backup.provider.velero;

import dev.kurator.backup.apis.syntax.CronSchedule;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Schedule as Velero has it.
 *
 * @param phase Velero's word for it, null before it has looked; it never looks at a paused one
 * @param validationErrors why Velero refuses it
 * @param cron when it runs
 * @param skipping whether Velero has yet to count on from now, as it was asked to
 * @param since what Velero counts the next run from (velero pkg/controller/schedule_controller.go):
 *     the last run, the last skip or the creation, whichever is the latest
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
    Instant created = time(schedule.getMetadata().getCreationTimestamp()).orElse(Instant.EPOCH);
    return new ScheduleState(
        status.textOrNull("phase"),
        status.list("validationErrors"),
        spec.text("schedule"),
        Boolean.TRUE.equals(spec.map().get("paused")),
        Boolean.TRUE.equals(spec.map().get("skipImmediately")),
        Stream.of(status.textOrNull("lastBackup"), status.textOrNull("lastSkipped"))
            .flatMap(text -> time(text).stream())
            .reduce(created, (a, b) -> a.isAfter(b) ? a : b));
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
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> time(@Nullable String text) {
    try {
      return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
