package dev.kurator.backup.function.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.function.plan.ClaimPhase;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseTtlTest {

  @ParameterizedTest
  @CsvSource(
      useHeadersInDisplayName = true,
      textBlock =
          """
          phase,           awaits edit, deletes data, responsive, resources, seconds
          Pending,         false,       false,        true,               0,      10
          Pending,         true,        false,        true,               0,      54
          Pending,         true,        true,         true,               0,      50
          Pending,         true,        false,        false,              0,      25
          Preparing,       false,       false,        true,               2,      10
          Preparing,       true,        false,        true,               2,      10
          Running,         false,       false,        true,             400,      10
          Running,         false,       false,        true,             600,      15
          Running,         false,       false,        false,            600,      15
          Running,         false,       true,         true,             600,      15
          BackingUp,       false,       false,        true,             800,      20
          Restoring,       false,       false,        true,            1000,      22
          Running,         false,       false,        true,            2482,      15
          Scheduled,       false,       false,        true,              40,      54
          Scheduled,       true,        false,        true,              40,      54
          Scheduled,       false,       false,        true,              41,      25
          Scheduled,       false,       false,        false,              2,      25
          Scheduled,       false,       true,         true,               2,      50
          Scheduled,       false,       true,         false,              2,      25
          Scheduled,       false,       false,        true,            1150,      22
          Completed,       false,       false,        true,            2482,     600
          Completed,       false,       false,        false,              2,     600
          Completed,       false,       true,         true,               2,      50
          PartiallyFailed, false,       true,         true,             600,      50
          Failed,          true,        true,         false,              0,      50
          Completed,       false,       true,         true,            2482,      43
          """)
  void isAsLongAsItMayBe(
      ClaimPhase phase,
      boolean awaitsEdit,
      boolean deletesData,
      boolean responsive,
      int resources,
      int seconds) {
    assertThat(new ResponseTtl(phase, awaitsEdit, deletesData, responsive, resources).duration())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void withJitterAndAReconcileNoEditComesTooLateHoweverLargeTheClaim() {
    IntStream.rangeClosed(0, 2500)
        .forEach(
            resources -> {
              for (ClaimPhase phase : ClaimPhase.values()) {
                for (boolean responsive : new boolean[] {true, false}) {
                  ResponseTtl retains = new ResponseTtl(phase, false, false, responsive, resources);
                  boolean resync = resources > 50;
                  if (!phase.isFinal()
                      && (phase != ClaimPhase.Scheduled || resync || !responsive)) {
                    assertThat(latest(retains)).isLessThanOrEqualTo(Duration.ofSeconds(30));
                  }
                  assertThat(latest(new ResponseTtl(phase, true, true, responsive, resources)))
                      .isLessThanOrEqualTo(Duration.ofSeconds(60));
                }
              }
            });
  }

  private static Duration latest(ResponseTtl ttl) {
    return ttl.duration()
        .multipliedBy(11)
        .dividedBy(10)
        .plus(Duration.ofMillis(5).multipliedBy(ttl.resources()));
  }

  @Test
  void aLargerClaimAtWorkIsNotAskedMoreOftenThanASmallerOneUntilItsReconcilesTakeSeconds() {
    Stream<Duration> growing =
        IntStream.rangeClosed(0, 900)
            .mapToObj(
                resources ->
                    new ResponseTtl(ClaimPhase.Running, false, false, true, resources).duration());
    assertThat(growing.toList()).isSorted();
  }
}
