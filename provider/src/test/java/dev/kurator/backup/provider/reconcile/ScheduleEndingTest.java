package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.provider.velero.Existing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleEndingTest {

  private static final Optional<Existing> OURS = Optional.of(new Existing.Adoptable());
  private static final Optional<Existing> OTHERS = Optional.of(new Existing.Taken("x"));
  private static final Map<String, DeletionStep> RUNS =
      Map.of(
          "b", new DeletionStep.Request("b"),
          "a", new DeletionStep.Request("a"),
          "c", new DeletionStep.Await("waiting for c to end", false),
          "d", new DeletionStep.Release("d"));

  @ParameterizedTest
  @EnumSource(DeletionPolicy.class)
  void whatSomebodyElseMadeIsLeftAlone(DeletionPolicy policy) {
    assertThat(ScheduleEnding.of(false, policy, OTHERS, Map.of()))
        .isInstanceOf(ScheduleEnding.LetGo.class);
  }

  @Test
  void retainTakesTheScheduleAndKeepsItsNameFromOthers() {
    assertThat(ScheduleEnding.of(true, DeletionPolicy.Retain, OURS, RUNS))
        .isEqualTo(new ScheduleEnding.Release(true));
    assertThat(ScheduleEnding.of(true, DeletionPolicy.Retain, Optional.empty(), RUNS))
        .isEqualTo(new ScheduleEnding.Release(false));
    assertThat(ScheduleEnding.of(false, DeletionPolicy.Retain, Optional.empty(), Map.of()))
        .isInstanceOf(ScheduleEnding.LetGo.class);
  }

  @Test
  void deleteStopsTheScheduleBeforeItTouchesABackup() {
    assertThat(ScheduleEnding.of(true, DeletionPolicy.Delete, OURS, RUNS))
        .isInstanceOf(ScheduleEnding.Stop.class);
  }

  @Test
  void deleteAsksForWhatHasEndedAndWaitsForWhatRuns() {
    assertThat(ScheduleEnding.of(true, DeletionPolicy.Delete, Optional.empty(), RUNS))
        .isEqualTo(
            new ScheduleEnding.Purge(List.of("a", "b"), Optional.of("waiting for c to end")));
  }

  @Test
  void deleteLetsGoWhenNothingOfItsOwnIsLeft() {
    assertThat(
            ScheduleEnding.of(
                true,
                DeletionPolicy.Delete,
                Optional.empty(),
                Map.of("d", new DeletionStep.Release("d"))))
        .isInstanceOf(ScheduleEnding.LetGo.class);
  }
}
