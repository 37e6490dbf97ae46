package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.BackupMoment;
import dev.kurator.backup.apis.claim.BackupRun;
import dev.kurator.backup.apis.managed.VeleroScheduleObservation;
import dev.kurator.backup.provider.velero.ScheduleState;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleRunsTest {

  private static final Instant MADE = Instant.parse("2026-11-20T00:00:10Z");
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private static ScheduleState state(boolean paused, boolean skipping, String phase) {
    return new ScheduleState(phase, List.of(), "0 * * * *", paused, skipping, MADE);
  }

  private static final ScheduleState ENABLED = state(false, false, "Enabled");

  /** A run on the hour. */
  private static GenericKubernetesResource run(int hour, @Nullable String phase) {
    Instant begun = MADE.plus(Duration.ofHours(hour));
    GenericKubernetesResource backup = new GenericKubernetesResource();
    backup.setKind(VeleroKind.Backup.name());
    backup.setMetadata(
        new ObjectMetaBuilder()
            .withName("s-%02d".formatted(hour))
            .withCreationTimestamp(begun.toString())
            .build());
    Map<String, Object> status = new LinkedHashMap<>();
    if (phase != null) {
      status.put("phase", phase);
      status.put("startTimestamp", begun.toString());
    }
    backup.setAdditionalProperty("status", status);
    return backup;
  }

  private static VeleroScheduleObservation observe(GenericKubernetesResource... runs) {
    return ScheduleRuns.observe(ENABLED, List.of(runs), NOW);
  }

  @Test
  void onlyTheThreeNewestRunsAreShownHoweverManyThereAre() {
    List<GenericKubernetesResource> many = new ArrayList<>();
    for (int hour = 1; hour <= 40; hour++) {
      many.add(run(hour, hour % 10 == 5 ? "Completed" : "Failed"));
    }
    VeleroScheduleObservation seen = ScheduleRuns.observe(ENABLED, many, NOW);
    assertThat(seen.runs()).extracting(BackupRun::name).containsExactly("s-40", "s-39", "s-38");
    assertThat(seen.lastBackup()).extracting(BackupMoment::name).isEqualTo("s-40");
    assertThat(seen.lastSuccessfulBackup())
        .isEqualTo(new BackupMoment("s-35", "2026-11-21T11:00:10Z"));
  }

  @Test
  void aRunThatHasNotBegunIsNoBackupYet() {
    VeleroScheduleObservation seen = observe(run(1, "Completed"), run(2, null));
    assertThat(seen.runs()).extracting(BackupRun::phase).containsExactly("New", "Completed");
    assertThat(seen.lastBackup()).extracting(BackupMoment::name).isEqualTo("s-01");
    assertThat(ScheduleRuns.aboutToBegin(observe(run(1, "Completed")), seen)).isTrue();
    assertThat(ScheduleRuns.aboutToBegin(seen, seen)).isFalse();
  }

  @Test
  void whatIsBeingDeletedIsShownNoMore() {
    assertThat(observe(run(1, "Completed"), run(2, "Deleting")).runs())
        .extracting(BackupRun::name)
        .containsExactly("s-01");
  }

  @Test
  void aRunThatVeleroRefusedTellsWhy() {
    GenericKubernetesResource refused = run(1, null);
    refused.setAdditionalProperty(
        "status", Map.of("phase", "FailedValidation", "validationErrors", List.of("a", "b")));
    VeleroScheduleObservation seen = observe(refused);
    assertThat(seen.runs().getFirst().failureReason()).isEqualTo("a; b");
    assertThat(seen.lastBackup()).isEqualTo(new BackupMoment("s-01", "2026-11-20T01:00:10Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "InProgress, Finalizing, true",
    "InProgress, Completed, false",
    "New, Queued, true",
    "New, InProgress, false",
    "Completed, Failed, false",
  })
  void onlyABeginningAndAnEndAreNews(String before, String after, boolean same) {
    assertThat(ScheduleRuns.same(observe(run(1, before)), observe(run(1, after)))).isEqualTo(same);
  }

  @Test
  void theNextRunIsCountedFromTheLastWhetherOrNotVeleroHasNotedItYet() {
    assertThat(observe().nextBackup()).isEqualTo("2026-11-20T01:00:00Z");
    assertThat(observe(run(1, "InProgress")).nextBackup()).isEqualTo("2026-11-20T02:00:00Z");
  }

  @Test
  void backupsThatCameFromTheBucketDoNotMoveTheNextRun() {
    GenericKubernetesResource synced = run(1, "Completed");
    synced.getMetadata().setCreationTimestamp("2026-11-21T09:30:00Z");
    assertThat(observe(synced).nextBackup()).isEqualTo("2026-11-20T01:00:00Z");
  }

  @Test
  void noRunIsDueWhilePausedOrRefused() {
    assertThat(ScheduleRuns.observe(state(true, false, "Enabled"), List.of(), NOW).nextBackup())
        .isNull();
    assertThat(
            ScheduleRuns.observe(state(false, false, "FailedValidation"), List.of(), NOW)
                .nextBackup())
        .isNull();
  }

  @Test
  void aScheduleThatIsToCountFromNowDoes() {
    assertThat(ScheduleRuns.observe(state(false, true, "Enabled"), List.of(), NOW).nextBackup())
        .isEqualTo("2026-11-22T13:00:00Z");
  }
}
