package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.BackupRun;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.apis.managed.VeleroScheduleObservation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the runs of a schedule tell of their errors and warnings. */
@Execution(ExecutionMode.CONCURRENT)
class ScheduleReasonsLifeTest extends ScheduleLife {

  private static final String WHY = "pod shop/till: hook failed";
  private static final Map<String, Object> BAD = Map.of("phase", "PartiallyFailed", "errors", 1);

  private ResultStore store;

  @BeforeEach
  void open() {
    store = ResultStore.open(velero, WHY);
  }

  @AfterEach
  void shut() {
    store.close();
  }

  private static Optional<BackupRun> run(VeleroScheduleObservation seen, String name) {
    return seen.runs().stream().filter(run -> run.name().equals(name)).findFirst();
  }

  private static Predicate<VeleroSchedule> explains(String name) {
    return sees(seen -> run(seen, name).filter(run -> !run.reasons().isEmpty()).isPresent());
  }

  private static Predicate<VeleroSchedule> tells(String name, String phase) {
    return sees(seen -> run(seen, name).filter(run -> run.phase().equals(phase)).isPresent());
  }

  @Test
  void aRunWithErrorsTellsWhyAndIsAskedForOnce() {
    applied(null);
    String bad = velero.run(NAME, ago(Duration.ofMinutes(3)), BAD);
    VeleroSchedule told = await(schedule(), explains(bad));
    assertThat(run(seen(told), bad).orElseThrow().reasons()).containsExactly(WHY);

    String good = velero.run(NAME, ago(Duration.ofMinutes(1)), DONE);
    VeleroSchedule later = await(schedule(), tells(good, "Completed"));
    assertThat(run(seen(later), bad).orElseThrow().reasons()).containsExactly(WHY);
    assertThat(store.downloads).hasValue(1);
    assertThat(velero.cluster.count("DownloadRequest")).isZero();
  }

  @Test
  void theNewestSuchRunAloneTellsWhy() {
    applied(null);
    String first = velero.run(NAME, ago(Duration.ofMinutes(3)), BAD);
    await(schedule(), explains(first));
    String second = velero.run(NAME, ago(Duration.ofMinutes(1)), BAD);
    VeleroSchedule told = await(schedule(), explains(second));
    assertThat(run(seen(told), first).orElseThrow().reasons()).isEmpty();
    assertThat(store.downloads).hasValue(2);
  }

  @Test
  void runsThatWentWellAreNotAskedAbout() {
    applied(null);
    String good = velero.run(NAME, ago(Duration.ofMinutes(1)), DONE);
    await(schedule(), tells(good, "Completed"));
    assertThat(velero.cluster.calls()).noneMatch(call -> call.contains("DownloadRequest"));
  }

  @Test
  void aStoreThatDoesNotAnswerHoldsUpNothing() {
    store.answer.set(0);
    applied(null);
    String bad = velero.run(NAME, ago(Duration.ofMinutes(3)), BAD);
    VeleroSchedule told = await(schedule(), tells(bad, "PartiallyFailed"));
    assertThat(run(seen(told), bad).orElseThrow().reasons()).isEmpty();
    String good = velero.run(NAME, ago(Duration.ofMinutes(1)), DONE);
    await(schedule(), tells(good, "Completed"));

    store.answer.set(403);
    VeleroSchedule given = await(schedule(), explains(bad));
    assertThat(run(seen(given), bad).orElseThrow().reasons())
        .singleElement()
        .asString()
        .contains("could not be fetched", "velero backup describe " + bad);
  }

  @Test
  void aProviderThatStartsAnewKeepsWhatIsWrittenAndAsksForNoMore() {
    applied(null);
    String bad = velero.run(NAME, ago(Duration.ofMinutes(3)), BAD);
    await(schedule(), explains(bad));
    provider.close();
    provider = begin();
    String good = velero.run(NAME, ago(Duration.ofMinutes(1)), DONE);
    VeleroSchedule later = await(schedule(), tells(good, "Completed"));
    assertThat(run(seen(later), bad).orElseThrow().reasons()).isEqualTo(List.of(WHY));
    assertThat(store.downloads).hasValue(1);
  }
}
