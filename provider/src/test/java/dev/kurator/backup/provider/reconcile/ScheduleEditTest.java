package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.VeleroScheduleParameters;
import dev.kurator.backup.provider.velero.ScheduleState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleEditTest {

  private static final String HOURLY = "0 * * * *";
  private static final String EARLIER = "30 * * * *";
  private static final Map<String, @Nullable Object> SOME =
      Map.of("spec", Map.of("schedule", EARLIER));

  /** What Velero has: it ran last at 11:00, so that 12:00 is the next. */
  private static ScheduleState is(String cron, boolean paused, boolean skipping, String phase) {
    return new ScheduleState(
        phase, List.of(), cron, paused, skipping, Instant.parse("2026-11-22T11:00:20Z"));
  }

  private static VeleroScheduleParameters wanted(String cron, boolean paused) {
    return new VeleroScheduleParameters("n", "i", cron, paused, null, Map.of(), null, null);
  }

  private static ScheduleEdit decide(
      ScheduleState is, VeleroScheduleParameters wanted, String time) {
    return ScheduleEdit.of(is, wanted, SOME, true, Duration.ZERO, at(time));
  }

  private static Instant at(String time) {
    return Instant.parse("2026-11-22T" + time + "Z");
  }

  private static boolean skips(ScheduleEdit edit) {
    return edit instanceof ScheduleEdit.Apply(Map<String, @Nullable Object> patch)
        && patch.get("spec") instanceof Map<?, ?> spec
        && Boolean.TRUE.equals(spec.get("skipImmediately"));
  }

  @Test
  void whatDoesNotDifferIsLeftAlone() {
    assertThat(
            ScheduleEdit.of(
                is(HOURLY, false, false, "Enabled"),
                wanted(HOURLY, false),
                Map.of(),
                true,
                Duration.ZERO,
                at("11:30:00")))
        .isInstanceOf(ScheduleEdit.None.class);
  }

  @ParameterizedTest
  @CsvSource({
    // nothing is due: from now on
    "11:59:54, SKIP",
    // about to begin, or due and not begun
    "11:59:55, HOLD",
    "12:00:00, HOLD",
    "12:01:59, HOLD",
    "12:02:00, HOLD",
    // Velero does not begin it: it stays due, and is begun when Velero can
    "12:02:01, PLAIN",
    "15:00:00, PLAIN",
  })
  void anotherTimeIsHeldWhileARunIsDueAndNeverCausesOne(String now, String expected) {
    ScheduleEdit edit = decide(is(HOURLY, false, false, "Enabled"), wanted(EARLIER, false), now);
    assertThat(edit instanceof ScheduleEdit.Hold ? "HOLD" : skips(edit) ? "SKIP" : "PLAIN")
        .isEqualTo(expected);
  }

  @Test
  void anEditIsNotHeldForEver() {
    ScheduleState everyFewSeconds = is("@every 4s", false, false, "Enabled");
    Instant now = at("11:00:21");
    VeleroScheduleParameters wanted = wanted(HOURLY, false);
    assertThat(ScheduleEdit.of(everyFewSeconds, wanted, SOME, true, Duration.ofSeconds(119), now))
        .isInstanceOf(ScheduleEdit.Hold.class);
    assertThat(ScheduleEdit.of(everyFewSeconds, wanted, SOME, true, Duration.ofMinutes(2), now))
        .isInstanceOf(ScheduleEdit.Apply.class);
  }

  @Test
  void theEndOfAPauseCatchesUpWithNothing() {
    ScheduleState paused = is(HOURLY, true, false, "Enabled");
    assertThat(skips(decide(paused, wanted(HOURLY, false), "15:00:30"))).isTrue();
    assertThat(skips(decide(paused, wanted(EARLIER, false), "12:00:30"))).isTrue();
  }

  @Test
  void aPauseBeginsAtOnceAndSkipsNothing() {
    ScheduleEdit edit =
        decide(is(HOURLY, false, false, "Enabled"), wanted(EARLIER, true), "12:00:30");
    assertThat(edit).isEqualTo(new ScheduleEdit.Apply(SOME));
  }

  @Test
  void whatDoesNotMoveTheNextRunIsWrittenAtOnce() {
    assertThat(decide(is(HOURLY, false, false, "Enabled"), wanted(HOURLY, false), "12:00:30"))
        .isEqualTo(new ScheduleEdit.Apply(SOME));
  }

  @Test
  void nobodyHeedsAnEditWhileVeleroDoesNotRun() {
    ScheduleState is = is(HOURLY, false, false, "Enabled");
    Instant now = at("11:30:00");
    assertThat(ScheduleEdit.of(is, wanted(EARLIER, false), SOME, false, Duration.ofHours(1), now))
        .isInstanceOf(ScheduleEdit.Hold.class);
    assertThat(ScheduleEdit.of(is, wanted(EARLIER, true), SOME, false, Duration.ZERO, now))
        .isInstanceOf(ScheduleEdit.Apply.class);
    assertThat(ScheduleEdit.of(is, wanted(HOURLY, false), SOME, false, Duration.ZERO, now))
        .isInstanceOf(ScheduleEdit.Apply.class);
  }

  @Test
  void nothingIsDueWhereVeleroWasToldToSkipOrRefusesTheSchedule() {
    assertThat(
            skips(decide(is(HOURLY, false, true, "Enabled"), wanted(EARLIER, false), "12:00:30")))
        .isTrue();
    assertThat(
            skips(
                decide(
                    is(HOURLY, false, false, "FailedValidation"),
                    wanted(EARLIER, false),
                    "12:00:30")))
        .isTrue();
    assertThat(
            skips(
                decide(
                    is("nonsense", false, false, "Enabled"), wanted(EARLIER, false), "12:00:30")))
        .isTrue();
  }
}
