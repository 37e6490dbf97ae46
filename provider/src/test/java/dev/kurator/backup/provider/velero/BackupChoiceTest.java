package dev.kurator.backup.provider.velero;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroRestoreParameters;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackupChoiceTest {

  private static final Map<String, String> LABELS =
      Map.of(
          Names.CLAIM_KIND_LABEL,
          "Backup",
          Names.CLAIM_NAMESPACE_LABEL,
          "team-a",
          Names.CLAIM_NAME_LABEL,
          "nightly",
          Names.POLICY_LABEL,
          "apps");

  private static final String LATE = "2026-11-22T23:59:59Z";

  private final List<GenericKubernetesResource> backups = new ArrayList<>();
  private boolean readOnly;

  private GenericKubernetesResource backup(String name, @Nullable String phase, String day) {
    GenericKubernetesResource backup =
        VeleroKind.Backup.object(
            new ObjectMetaBuilder()
                .withName(name)
                .withLabels(new LinkedHashMap<>(LABELS))
                .withCreationTimestamp(day + "T00:00:00Z")
                .build());
    backup.setAdditionalProperty("spec", Map.of("storageLocation", "bsl"));
    Map<String, Object> status = new LinkedHashMap<>();
    if (phase != null) {
      status.put("phase", phase);
      status.put("startTimestamp", day + "T00:00:01Z");
    }
    backup.setAdditionalProperty("status", status);
    backups.add(backup);
    return backup;
  }

  /** One that came from the bucket after it was taken. */
  private void synced(String name, String day, String came) {
    backup(name, "Completed", day).getMetadata().setCreationTimestamp(came);
  }

  private BackupChoice newest(boolean allowPartiallyFailed, @Nullable String lastSynced) {
    return new BackupChoice.Shelf(
            backups, "bsl", lastSynced, readOnly, Set.of("given-up"), "bucket/team-a/paris")
        .choose(
            new VeleroRestoreParameters(
                "r", "i", null, LABELS, allowPartiallyFailed, null, Map.of(), null, null, null));
  }

  @Test
  void whatIsAwaitedIsNamedByItsLabelsWhereTheyAreNoClaims() {
    BackupChoice choice =
        new BackupChoice.Shelf(backups, "bsl", LATE, false, Set.of(), "bucket/team-a/paris")
            .choose(
                new VeleroRestoreParameters(
                    "r", "i", null, Map.of("app", "shop"), null, null, Map.of(), null, null, null));
    assertWaits(choice, "no completed backup with the labels {app=shop} is in bucket");
  }

  private BackupChoice newest() {
    return newest(false, LATE);
  }

  private BackupChoice named(String name) {
    return new BackupChoice.Shelf(
            backups, "bsl", LATE, false, Set.of("given-up"), "bucket/team-a/paris")
        .choose(
            new VeleroRestoreParameters(
                "r", "i", name, Map.of(), null, null, Map.of(), null, null, null));
  }

  private static void assertWaits(BackupChoice choice, String... reasons) {
    assertThat(choice)
        .isInstanceOfSatisfying(
            BackupChoice.Waiting.class, waiting -> assertThat(waiting.reason()).contains(reasons));
  }

  @Test
  void theNewestCompletedIsChosenWithItsTime() {
    backup("a", "Completed", "2026-11-20");
    backup("b", "Completed", "2026-11-21");
    backup("c", "PartiallyFailed", "2026-11-22");
    backup("d", "InProgress", "2026-11-22");
    assertThat(newest()).isEqualTo(new BackupChoice.Chosen("b", "2026-11-21T00:00:01Z"));
  }

  @Test
  void aPartiallyFailedOneIsChosenOnlyWhereThatWillDo() {
    backup("a", "Completed", "2026-11-20");
    backup("b", "PartiallyFailed", "2026-11-21");
    assertThat(newest(true, LATE)).isEqualTo(new BackupChoice.Chosen("b", "2026-11-21T00:00:01Z"));
    backups.removeFirst();
    assertWaits(newest(), "no completed backup", "the newest, b, is PartiallyFailed");
  }

  @Test
  void anotherLocationsAnotherClaimsAndReleasedOnesAreNotOffered() {
    backup("elsewhere", "Completed", "2026-11-22")
        .setAdditionalProperty("spec", Map.of("storageLocation", "other"));
    backup("others", "Completed", "2026-11-22")
        .getMetadata()
        .getLabels()
        .put(Names.POLICY_LABEL, "db");
    backup("released", "Completed", "2026-11-22")
        .getMetadata()
        .getLabels()
        .put(Names.RELEASED_LABEL, "true");
    backup("migrated", "Completed", "2026-11-22")
        .getMetadata()
        .getLabels()
        .put(Names.CLAIM_KIND_LABEL, "Migrate");
    backup("given-up", "Completed", "2026-11-22");
    assertWaits(
        newest(),
        "no completed backup of policy apps of Backup team-a/nightly is in bucket/team-a/paris");
    backup("ours", "Completed", "2026-11-01");
    assertThat(newest()).isInstanceOf(BackupChoice.Chosen.class);
  }

  @Test
  void whatCameFromTheBucketIsRestoredOnceItsVolumesRecordsAreHereToo() {
    synced("a", "2026-11-20", "2026-11-22T12:00:00Z");
    assertWaits(newest(false, null), "records of its volumes");
    assertWaits(newest(false, "2026-11-22T11:59:59Z"), "records of its volumes");
    assertThat(newest(false, "2026-11-22T12:00:00Z")).isInstanceOf(BackupChoice.Chosen.class);
  }

  @Test
  void whatWasMadeHereNeedsNoSync() {
    backup("a", "Completed", "2026-11-20");
    assertThat(newest(false, null)).isInstanceOf(BackupChoice.Chosen.class);
  }

  @Test
  void throughAReadOnlyLocationNothingWasMadeHereWhateverTheClocksSay() {
    readOnly = true;
    // the source's clock is ahead: it began after it came
    synced("a", "2026-11-20", "2026-11-19T23:00:00Z");
    assertWaits(newest(false, null), "records of its volumes");
    assertThat(newest(false, "2026-11-19T23:00:01Z")).isInstanceOf(BackupChoice.Chosen.class);
  }

  @Test
  void theNewestIsWaitedForRatherThanAnOlderOneTaken() {
    backup("old", "Completed", "2026-11-19");
    synced("new", "2026-11-20", "2026-11-22T12:00:00Z");
    assertWaits(newest(false, "2026-11-22T11:00:00Z"), "Backup new came");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Completed", "PartiallyFailed"})
  void aNamedOneIsTakenAsItEnded(String phase) {
    backup("newer", "Completed", "2026-11-22");
    backup("run", phase, "2026-11-20");
    assertThat(named("run")).isEqualTo(new BackupChoice.Chosen("run", "2026-11-20T00:00:01Z"));
  }

  @Test
  void aNamedOneIsWaitedForWhileItMayCome() {
    assertWaits(named("run"), "Backup run is not in bucket/team-a/paris");
    backup("run", "InProgress", "2026-11-20");
    assertWaits(named("run"), "still being taken");
    backups.clear();
    backup("run", "Completed", "2026-11-20")
        .setAdditionalProperty("spec", Map.of("storageLocation", "other"));
    assertWaits(named("run"), "another storage location");
  }

  @ParameterizedTest
  @CsvSource({"Failed, is Failed", "FailedValidation, is FailedValidation", "Deleting, deleting"})
  void aNamedOneThatCanNeverBeRestoredIsNotWaitedFor(String phase, String reason) {
    backup("run", phase, "2026-11-20");
    assertThat(named("run"))
        .isInstanceOfSatisfying(
            BackupChoice.Never.class, never -> assertThat(never.reason()).contains(reason));
  }
}
