package dev.kurator.backup.apis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

  @Test
  void readsWhatGoReads() {
    assertThat(GoDuration.parse("1h30m")).contains(Duration.ofMinutes(90));
    assertThat(GoDuration.parse("1.5h")).contains(Duration.ofMinutes(90));
    assertThat(GoDuration.parse("90m")).contains(Duration.ofMinutes(90));
    assertThat(GoDuration.parse("1ms1us1µs1ns")).contains(Duration.ofNanos(1_002_001));
    assertThat(GoDuration.parse("2562047h")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"30d", "1", "", "h", "-1h", "1h ", "1h\n", ".5h", "2562048h", "٣h"})
  void refusesWhatGoRefuses(String text) {
    assertThat(GoDuration.parse(text)).isEmpty();
  }

  /** A regular expression recurses with each part. */
  @Test
  void aHugeTextIsNoDuration() {
    assertThat(GoDuration.parse("1h".repeat(100_000))).isEmpty();
    assertThat(GoDuration.parse("1ns".repeat(40))).contains(Duration.ofNanos(40));
  }
}
