package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SmallPartsTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final User USER =
      new User(ManagedKind.VeleroBackup, new ResourceID("b", "team-a"));

  @Test
  void aConditionKeepsItsTimeWhileItsStatusStays() {
    List<Condition> first =
        Mark.apply(List.of(), List.of(Mark.creating("a"), Mark.synced()), 1L, NOON);
    List<Condition> later =
        Mark.apply(first, List.of(Mark.unavailable("b"), Mark.synced()), 1L, NOON.plusSeconds(60));

    assertThat(later)
        .extracting(Condition::lastTransitionTime)
        .containsOnly("2026-11-22T12:00:00Z");
    assertThat(later).extracting(Condition::reason).contains("Unavailable");
    assertThat(Mark.apply(later, List.of(Mark.available(null)), 1L, NOON.plusSeconds(90)))
        .filteredOn(condition -> condition.type().equals("Ready"))
        .extracting(Condition::lastTransitionTime)
        .containsOnly("2026-11-22T12:01:30Z");
  }

  @Test
  void theSameMarksGiveTheSameConditions() {
    List<Mark> marks = List.of(Mark.available("x"), Mark.synced());
    List<Condition> first = Mark.apply(List.of(), marks, 1L, NOON);
    assertThat(Mark.apply(first, marks, 1L, NOON.plusSeconds(60))).isEqualTo(first);
  }

  @Test
  void pausingLeavesReadyAsItIs() {
    List<Condition> ready =
        Mark.apply(List.of(), List.of(Mark.available(null), Mark.synced()), 1L, NOON);
    List<Condition> paused = Mark.apply(ready, List.of(Mark.paused()), 1L, NOON);
    assertThat(Mark.isTrue(paused, "Ready")).isTrue();
    assertThat(Mark.find(paused, "Synced"))
        .extracting(Condition::reason)
        .isEqualTo("ReconcilePaused");
  }

  @Test
  void progressWaitsForItsIntervalAndPhasesDoNot() {
    Pace pace = new Pace();
    VeleroBackupObservation running = phase("InProgress");
    assertThat(pace.wait(USER, null, running, NOON)).isZero();
    pace.wrote(USER, NOON, Duration.ofSeconds(15));
    assertThat(pace.wait(USER, running, running, NOON.plusSeconds(5)))
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(pace.wait(USER, running, phase("Finalizing"), NOON.plusSeconds(5)))
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(pace.wait(USER, running, phase("Completed"), NOON.plusSeconds(5))).isZero();
    assertThat(pace.wait(USER, running, running, NOON.plusSeconds(15))).isZero();
  }

  private static VeleroBackupObservation phase(String phase) {
    return VeleroBackupObservation.inPhase(phase);
  }

  @Test
  void startsAreSpacedOnceTheBurstIsUsedUp() {
    AtomicLong clock = new AtomicLong();
    StartRate rate = new StartRate(2, clock::get);
    int free = 0;
    while (rate.isLimited(rate.initState()).isEmpty()) {
      free++;
    }
    assertThat(free).isEqualTo(21);
    StartRate.Slot waiting = rate.initState();
    assertThat(rate.isLimited(waiting)).contains(Duration.ofSeconds(1));
    assertThat(rate.isLimited(waiting)).contains(Duration.ofSeconds(1));
    clock.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(rate.isLimited(waiting)).isEmpty();
  }

  @Test
  void aSecretsProblemNamesItAndItsKeysButNeverItsContent() {
    SecretName name = new SecretName("team-a", "store");
    assertThat(problem(SecretValue.read(null, name, "cloud")))
        .contains("team-a/store does not exist");
    assertThat(problem(SecretValue.read(new SecretBuilder().build(), name, "cloud")))
        .contains("is empty");
    assertThat(
            problem(
                SecretValue.read(
                    new SecretBuilder().withData(Map.of("aws", encoded("hunter2"))).build(),
                    name,
                    "cloud")))
        .contains("no key cloud, only [aws]")
        .doesNotContain("hunter2");
    assertThat(
            problem(
                SecretValue.read(
                    new SecretBuilder().withData(Map.of("cloud", encoded(" \n"))).build(),
                    name,
                    "cloud")))
        .contains("Key cloud of Secret team-a/store is empty");
    assertThat(
            SecretValue.read(
                new SecretBuilder().withData(Map.of("cloud", encoded("hunter2"))).build(),
                name,
                "cloud"))
        .isInstanceOf(SecretValue.Present.class)
        .asString()
        .doesNotContain("hunter2");
  }

  private static String encoded(String text) {
    return Base64.getEncoder()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static String problem(SecretValue value) {
    return value instanceof SecretValue.Missing missing ? missing.problem() : "";
  }
}
