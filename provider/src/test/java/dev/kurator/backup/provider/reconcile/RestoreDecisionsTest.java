package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroRestoreObservation;
import dev.kurator.backup.provider.velero.BackupChoice;
import dev.kurator.backup.provider.velero.Existing;
import dev.kurator.backup.provider.velero.RestoreMarker;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestoreDecisionsTest {

  private static final String NAME = "again-0123abcd";
  private static final BackupChoice.Chosen PINNED =
      new BackupChoice.Chosen("nightly", "2026-11-20T00:00:00Z");
  private static final RestoreMarker ANNOUNCED =
      new RestoreMarker(NAME, PINNED, "hash", "bsl", false, null);
  private static final RestoreMarker CREATED = ANNOUNCED.asCreated();
  private static final RestoreSight BLIND =
      new RestoreSight.Blind("cluster paris is unreachable: no route");

  private Sight.@Nullable Found<VeleroRestoreObservation> restore;
  private RestoreSight.Memory memory = new RestoreSight.Memory.Blank();
  private @Nullable String obstacle;
  private BackupChoice choice = PINNED;

  private static VeleroRestoreObservation observation(String phase) {
    return new VeleroRestoreObservation(
        PINNED.backupName(),
        PINNED.startTimestamp(),
        phase,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        List.of());
  }

  private void there(Existing match, String phase) {
    restore = new Sight.Found<>(match, observation(phase));
  }

  private void remembered(RestoreMarker marker) {
    memory = new RestoreSight.Memory.Ours(marker);
  }

  /** A situation to vary. */
  private record Life(boolean tried, @Nullable String phase, boolean late) {

    static final Life NEW = new Life(false, null, false);
    static final Life TRIED = new Life(true, null, false);

    Life seen(String phase) {
      return new Life(true, phase, late);
    }

    Life tooLate() {
      return new Life(tried, phase, true);
    }

    OneTimeSituation<VeleroRestoreObservation> situation() {
      return new OneTimeSituation<>(
          NAME,
          tried ? NAME : null,
          tried,
          phase == null ? null : observation(phase),
          false,
          true,
          Ownership.Recorded,
          late);
    }
  }

  private RestoreStep decide(Life life) {
    return decide(life.situation());
  }

  private RestoreStep decide(OneTimeSituation<VeleroRestoreObservation> situation) {
    return RestoreDecisions.decide(
        situation,
        new RestoreSight.Clear(
            () -> Optional.ofNullable(restore),
            () -> memory,
            () -> Optional.ofNullable(obstacle),
            () -> choice,
            chosen -> new RestoreMarker(NAME, chosen, "hash", "bsl", false, null)));
  }

  private static void assertEnds(RestoreStep step, String phase, String reason) {
    assertThat(step)
        .isInstanceOfSatisfying(
            RestoreStep.End.class,
            end -> {
              assertThat(end.observation().phase()).isEqualTo(phase);
              assertThat(end.observation().failureReason()).contains(reason);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Completed", "PartiallyFailed", "Failed", "FailedValidation", "NotStarted"})
  void whatIsOverRestsWhateverTheMemberHolds(String phase) {
    Life over = Life.TRIED.seen(phase);
    assertThat(decide(over)).isInstanceOf(RestoreStep.Rest.class);
    there(new Existing.Adoptable(), "InProgress");
    remembered(CREATED);
    assertThat(decide(over)).isInstanceOf(RestoreStep.Rest.class);
    assertThat(RestoreDecisions.decide(over.situation(), BLIND))
        .isInstanceOf(RestoreStep.Rest.class);
  }

  @Test
  void theChosenBackupIsRememberedAndRestored() {
    assertThat(decide(Life.NEW)).isEqualTo(new RestoreStep.Create(ANNOUNCED, false));
  }

  @Test
  void nothingBeginsWhileSomethingIsInTheWayOrThereIsNoBackup() {
    choice = new BackupChoice.Waiting("no completed backup");
    assertThat(decide(Life.NEW)).isEqualTo(new RestoreStep.Wait("no completed backup"));
    obstacle = "waiting for VeleroInstall x";
    assertThat(decide(Life.NEW)).isEqualTo(new RestoreStep.Wait("waiting for VeleroInstall x"));
  }

  @Test
  void whatCouldNotBeginByTheDeadlineNeverBegins() {
    assertEnds(decide(Life.NEW.tooLate()), Names.NOT_STARTED, "deadline");
    assertEnds(decide(Life.TRIED.tooLate()), Names.NOT_STARTED, "deadline");
    choice = new BackupChoice.Waiting("no completed backup");
    assertEnds(decide(Life.NEW.tooLate()), Names.NOT_STARTED, "no completed backup");
    obstacle = "waiting for VeleroInstall x";
    assertEnds(decide(Life.NEW.tooLate()), Names.NOT_STARTED, "VeleroInstall x");
    assertEnds(
        RestoreDecisions.decide(Life.NEW.tooLate().situation(), BLIND),
        Names.NOT_STARTED,
        "cluster paris is unreachable");
  }

  @Test
  void whatMayRunUnseenIsNeverEndedBlindly() {
    assertThat(RestoreDecisions.decide(Life.TRIED.tooLate().situation(), BLIND))
        .isInstanceOf(RestoreStep.Wait.class);
  }

  @Test
  void aBackupThatCanNeverBeRestoredEndsIt() {
    choice = new BackupChoice.Never("Backup x is Failed");
    assertEnds(decide(Life.NEW), "Failed", "Backup x is Failed");
  }

  @Test
  void anAnnouncedRestoreIsMadeOfThePinnedBackupWhateverIsNewerByNow() {
    remembered(ANNOUNCED);
    choice = new BackupChoice.Chosen("newer", "2026-11-21T00:00:00Z");
    assertThat(decide(Life.TRIED)).isEqualTo(new RestoreStep.Create(ANNOUNCED, true));
    assertThat(decide(Life.NEW)).isEqualTo(new RestoreStep.Create(ANNOUNCED, true));
    obstacle = "waiting for VeleroInstall x";
    assertThat(decide(Life.TRIED)).isInstanceOf(RestoreStep.Wait.class);
  }

  @Test
  void anAnnouncedRestoreThatMissesItsDeadlineIsRememberedAsMissed() {
    remembered(ANNOUNCED);
    assertThat(decide(Life.TRIED.tooLate()))
        .isInstanceOfSatisfying(
            RestoreStep.End.class,
            end -> {
              assertThat(end.observation().phase()).isEqualTo(Names.NOT_STARTED);
              assertThat(end.note()).isEqualTo(ANNOUNCED.ended(end.observation()));
            });
  }

  @Test
  void aCrashAfterCreationIsFoundOutAndRemembered() {
    there(new Existing.Adoptable(), "InProgress");
    remembered(ANNOUNCED);
    assertThat(decide(Life.TRIED))
        .isEqualTo(new RestoreStep.Watch(NAME, observation("InProgress"), CREATED));
    remembered(CREATED);
    assertThat(decide(Life.TRIED))
        .isEqualTo(new RestoreStep.Watch(NAME, observation("InProgress"), null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Completed", "PartiallyFailed", "Failed", "FailedValidation"})
  void anEndIsRememberedBeforeTheHubHearsOfIt(String phase) {
    there(new Existing.Adoptable(), phase);
    remembered(CREATED);
    assertThat(decide(Life.TRIED.seen("InProgress")))
        .isEqualTo(
            new RestoreStep.Watch(NAME, observation(phase), CREATED.ended(observation(phase))));
  }

  @Test
  void aRebuiltHubHearsTheOutcomeEvenAfterTheDeadlineAndRunsNothing() {
    remembered(CREATED.ended(observation("PartiallyFailed")));
    obstacle = "waiting for VeleroInstall x";
    for (Life life : List.of(Life.NEW, Life.NEW.tooLate())) {
      assertThat(decide(life))
          .isEqualTo(new RestoreStep.Adopt(NAME, observation("PartiallyFailed"), null));
    }
  }

  @Test
  void aRebuiltHubFindsARunningRestore() {
    there(new Existing.Adoptable(), "InProgress");
    remembered(CREATED);
    assertThat(decide(Life.NEW))
        .isEqualTo(new RestoreStep.Adopt(NAME, observation("InProgress"), null));
  }

  @Test
  void aRestoreWithoutItsMarkerIsAdoptedAndRememberedAgain() {
    there(new Existing.Adoptable(), "InProgress");
    assertThat(decide(Life.NEW))
        .isEqualTo(new RestoreStep.Adopt(NAME, observation("InProgress"), CREATED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"New", "InProgress", "Finalizing", "SomePhaseOfTomorrow"})
  void whatWasSeenAndIsGoneFailsAndIsNotRunAgain(String phase) {
    assertEnds(decide(Life.TRIED.seen(phase)), "Failed", "disappeared before it ended");
    remembered(CREATED);
    assertThat(decide(Life.TRIED.seen(phase)))
        .isInstanceOfSatisfying(
            RestoreStep.End.class,
            end -> assertThat(end.note()).isEqualTo(CREATED.ended(end.observation())));
  }

  @Test
  void whatWasMadeAndIsGoneIsNotRunAgainThoughTheHubNeverSawIt() {
    remembered(CREATED);
    assertEnds(decide(Life.NEW), "Failed", "disappeared before it ended");
    assertEnds(decide(Life.TRIED), "Failed", "disappeared before it ended");
  }

  @Test
  void aNameThatSomethingElseHasFailsTheRestore() {
    there(new Existing.Taken("it was not made by this provider"), "Completed");
    assertEnds(decide(Life.NEW), "Failed", "NameTaken: it was not made by this provider");
    remembered(ANNOUNCED);
    assertEnds(decide(Life.TRIED), "Failed", "NameTaken: it was not made by this provider");
    memory = new RestoreSight.Memory.Other("the member has a ConfigMap");
    assertEnds(decide(Life.NEW), "Failed", "NameTaken: the member has a ConfigMap");
  }

  @Test
  void aRunningRestoreIsWatchedWhateverBecameOfItsInstallOrItsSpec() {
    obstacle = "VeleroInstall x is being deleted";
    there(new Existing.Taken("it was made for another claim"), "Finalizing");
    assertThat(decide(Life.TRIED.seen("InProgress").tooLate()))
        .isEqualTo(new RestoreStep.Watch(NAME, observation("Finalizing"), null));
  }

  @Test
  void observingImportsByExternalNameAndMakesNothing() {
    OneTimeSituation<VeleroRestoreObservation> named =
        new OneTimeSituation<>(NAME, "by-hand", false, null, false, false, Ownership.None, false);
    assertThat(decide(named)).isEqualTo(new RestoreStep.Wait("Velero has no Restore by-hand"));
    there(new Existing.Taken("it was not made by this provider"), "Completed");
    assertThat(decide(named))
        .isEqualTo(new RestoreStep.Watch("by-hand", observation("Completed"), null));
    assertThat(
            decide(
                new OneTimeSituation<>(
                    NAME, null, false, null, false, false, Ownership.None, false)))
        .isInstanceOf(RestoreStep.Wait.class);
  }
}
