package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroScheduleParameters;
import dev.kurator.backup.provider.velero.ScheduleState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an edit reaches Velero's Schedule without a lost or an extra run. Velero counts the next run
 * from the last one, so that under another expression, or after a pause, a run may be due in the
 * past: Velero would begin it at once, unless it is told to count from now (skipImmediately). But
 * then a run that is due and not begun, since Velero looks only once a minute, would be lost.
 */
sealed interface ScheduleEdit {

  /** It is as it should be. */
  record None() implements ScheduleEdit {}

  /** Not now: a run is about to begin, or nobody is there to heed it. */
  record Hold(String why) implements ScheduleEdit {}

  /** Never as it stands: Velero could not read it, and would begin no schedule of anybody's. */
  record Refused(String problem) implements ScheduleEdit {}

  /** Merge this into the Schedule. */
  record Apply(Map<String, @Nullable Object> patch) implements ScheduleEdit {}

  /** How long past its time Velero may begin a run, and how long an edit is held for that. */
  Duration PATIENCE = Duration.ofMinutes(2);

  /** A run that begins while the edit is on its way would be lost. */
  Duration MARGIN = Duration.ofSeconds(5);

  /**
   * Decides.
   *
   * @param wanted how it should be
   * @param difference what must be merged into it, empty where nothing differs
   * @param veleroRuns whether a Velero is there to heed it
   * @param held how long this edit has been held so far
   */
  static ScheduleEdit of(
      ScheduleState is,
      VeleroScheduleParameters wanted,
      Map<String, @Nullable Object> difference,
      boolean veleroRuns,
      Duration held,
      Instant now) {
    if (difference.isEmpty()) {
      return new None();
    }
    boolean pause = Boolean.TRUE.equals(wanted.paused());
    boolean unpaused = is.paused() && !pause;
    boolean moved = !is.cron().equals(wanted.schedule());
    if (pause || (!unpaused && !moved)) {
      return new Apply(difference);
    }
    if (!veleroRuns) {
      return new Hold("Velero does not run; it hears of the edit when it does");
    }
    Optional<Instant> due =
        is.paused() || is.skipping() || is.refused() ? Optional.empty() : is.due();
    if (due.isPresent() && held.compareTo(PATIENCE) < 0 && near(due.get(), now)) {
      return new Hold("a run is due at " + due.get() + "; the edit follows it");
    }
    // a run that is overdue by more, as behind a long one, is begun when Velero can
    boolean overdue = due.isPresent() && !due.get().isAfter(now);
    return new Apply(overdue ? difference : fromNow(difference));
  }

  private static boolean near(Instant due, Instant now) {
    return !due.isAfter(now.plus(MARGIN)) && !due.plus(PATIENCE).isBefore(now);
  }

  private static Map<String, @Nullable Object> fromNow(Map<String, @Nullable Object> difference) {
    Map<String, @Nullable Object> patch = new LinkedHashMap<>(difference);
    Map<String, @Nullable Object> spec = new LinkedHashMap<>();
    if (difference.get("spec") instanceof Map<?, ?> fields) {
      fields.forEach((field, value) -> spec.put(String.valueOf(field), value));
    }
    spec.put("skipImmediately", true);
    patch.put("spec", spec);
    return patch;
  }
}
