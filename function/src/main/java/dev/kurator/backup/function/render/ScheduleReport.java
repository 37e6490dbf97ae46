package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.managed.VeleroScheduleObservation;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Phases;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a claim says about a VeleroSchedule. */
final class ScheduleReport {

  private static final VeleroScheduleObservation UNSEEN =
      new VeleroScheduleObservation(null, null, null, null, List.of(), List.of());

  private ScheduleReport() {}

  /**
   * The claim's entry.
   *
   * @param remark what matters more than what the schedule waits for
   * @param awaited what the member's install waits for
   */
  static BackupDetail of(
      Operation operation,
      ObservedSchedule schedule,
      Optional<String> remark,
      Optional<String> awaited) {
    VeleroScheduleObservation seen =
        Objects.requireNonNullElse(schedule.status().atProvider(), UNSEEN);
    return new BackupDetail(
        operation.member(),
        operation.policy(),
        null,
        Phases.orPending(seen.phase()),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        seen.validationErrors(),
        List.of(),
        seen.lastBackup(),
        seen.lastSuccessfulBackup(),
        seen.nextBackup(),
        seen.runs(),
        message(new Health(schedule.conditions()), remark, awaited));
  }

  private static @Nullable String message(
      Health health, Optional<String> remark, Optional<String> awaited) {
    Optional<String> message =
        health.ready() ? health.failure().or(health::adoption) : health.waitsFor(awaited);
    return remark.or(() -> message).filter(text -> !text.isEmpty()).orElse(null);
  }
}
