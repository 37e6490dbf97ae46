package dev.kurator.backup.apis.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {

  /** Each row as robfig/cron v3 answers it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 2 * * *                         | 2026-11-22T02:00:00Z | 2026-11-23T02:00:00Z
          */15 * * * *                      | 2026-11-22T12:07:30Z | 2026-11-22T12:15:00Z
          5/20 * * * *                      | 2026-11-22T12:07:30Z | 2026-11-22T12:25:00Z
          0 0 ? * MON-FRI                   | 2026-11-21T12:00:00Z | 2026-11-23T00:00:00Z
          0 0 1 * SUN                       | 2026-11-22T12:00:00Z | 2026-11-29T00:00:00Z
          0 0 1 jan,jul *                   | 2026-11-22T12:00:00Z | 2027-01-01T00:00:00Z
          @daily                            | 2026-11-22T12:00:00Z | 2026-11-23T00:00:00Z
          @hourly                           | 2026-11-22T12:00:01Z | 2026-11-22T13:00:00Z
          @weekly                           | 2026-11-23T12:00:00Z | 2026-11-29T00:00:00Z
          @every 6h                         | 2026-11-22T12:34:56.789Z | 2026-11-22T18:34:56Z
          @every 10ms                       | 2026-11-22T12:34:56Z | 2026-11-22T12:34:57Z
          CRON_TZ=Europe/Paris 0 2 * * *    | 2026-11-22T12:00:00Z | 2026-11-23T01:00:00Z
          TZ=America/New_York @daily        | 2026-11-22T12:00:00Z | 2026-11-23T05:00:00Z
          """)
  void theNextRunIsVelerosNextRun(String text, Instant after, Instant next) {
    assertThat(CronSchedule.parse(text).next(after)).contains(next);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "daily", "0 2 * *", "0 2 * * * *", "61 * * * *", "@every", "@every 1d", "0 2"})
  void whatVeleroRefusesIsRefused(String text) {
    assertThatThrownBy(() -> CronSchedule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(Syntax.CRON_MESSAGE);
  }

  @Test
  void anUnknownTimeZoneIsNamed() {
    assertThatThrownBy(() -> CronSchedule.parse("CRON_TZ=Europe/Atlantis 0 2 * * *"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Europe/Atlantis");
  }

  @ParameterizedTest
  @CsvSource({
    "@every 1h, 720h, 720",
    "@daily, 720h, 30",
    "0 2 * * *, 24h, 1",
    "* * * * *, 24h, 1440",
    "@yearly, 720h, 0",
    "0 0 30 2 *, 720h, 0"
  })
  void whatStaysIsCounted(String text, String ttl, long runs) {
    Duration window = GoDuration.parse(ttl, Duration.ZERO);
    assertThat(CronSchedule.parse(text).runsWithin(window)).isEqualTo(runs);
  }
}
