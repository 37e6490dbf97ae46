package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.provider.velero.Existing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupDecisionsTest {

  private static final String NAME = "nightly-0123abcd";

  private final Map<String, Sight.Found<VeleroBackupObservation>> member = new HashMap<>();
  private @Nullable String obstacle;

  private Sight<VeleroBackupObservation> clear() {
    return new Sight.Clear<>(
        name -> Optional.ofNullable(member.get(name)), () -> Optional.ofNullable(obstacle));
  }

  private static final Sight<VeleroBackupObservation> BLIND =
      new Sight.Blind<>("cluster paris is unreachable: no route");

  private void there(String name, Existing match, String phase) {
    member.put(name, new Sight.Found<>(match, observation(phase)));
  }

  private static VeleroBackupObservation observation(String phase) {
    return VeleroBackupObservation.inPhase(phase);
  }

  /** A situation to vary. */
  private record Life(
      @Nullable String externalName,
      boolean tried,
      @Nullable String phase,
      boolean touched,
      boolean late) {

    static final Life NEW = new Life(null, false, null, false, false);

    Life named(String name) {
      return new Life(name, tried, phase, touched, late);
    }

    Life tried(String name) {
      return new Life(name, true, phase, touched, late);
    }

    Life seen(String phase) {
      return new Life(externalName, tried, phase, touched, late);
    }

    Life met() {
      return new Life(externalName, tried, phase, true, late);
    }

    Life tooLate() {
      return new Life(externalName, tried, phase, touched, true);
    }

    OneTimeSituation<VeleroBackupObservation> situation(boolean mayCreate) {
      return new OneTimeSituation<>(
          NAME,
          externalName,
          tried,
          phase == null ? null : observation(phase),
          touched,
          mayCreate,
          Ownership.Recorded,
          late);
    }
  }

  private BackupStep decide(Life life) {
    return BackupDecisions.decide(life.situation(true), clear());
  }

  private static BackupStep blind(Life life) {
    return BackupDecisions.decide(life.situation(true), BLIND);
  }

  private static void assertEnds(BackupStep step, String phase, String reason) {
    assertThat(step)
        .isInstanceOfSatisfying(
            BackupStep.End.class,
            end -> {
              assertThat(end.observation().phase()).isEqualTo(phase);
              assertThat(end.observation().failureReason()).contains(reason);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Completed", "PartiallyFailed", "Failed", "FailedValidation", "NotStarted"})
  void whatIsOverRestsWhateverTheMemberHolds(String phase) {
    Life over = Life.NEW.tried(NAME).seen(phase);

    assertThat(decide(over)).isInstanceOf(BackupStep.Rest.class);
    there(NAME, new Existing.Adoptable(), "InProgress");
    assertThat(decide(over)).isInstanceOf(BackupStep.Rest.class);
    assertThat(decide(over.tooLate())).isInstanceOf(BackupStep.Rest.class);
    assertThat(blind(over)).isInstanceOf(BackupStep.Rest.class);
  }

  @Test
  void aFreeNameIsTaken() {
    assertThat(decide(Life.NEW)).isEqualTo(new BackupStep.Create(NAME));
  }

  @Test
  void whatFailedAsTheBucketHasItsNameIsPassedBy() {
    member.put(
        NAME,
        new Sight.Found<>(
            new Existing.Adoptable(),
            new VeleroBackupObservation(
                "Failed",
                null,
                null,
                null,
                null,
                null,
                null,
                "backup already exists in object storage",
                List.of(),
                List.of())));
    assertThat(decide(Life.NEW)).isEqualTo(new BackupStep.Create(NAME + "-2"));
    // its own is told as it is
    assertThat(decide(Life.NEW.tried(NAME))).isInstanceOf(BackupStep.Watch.class);
  }

  @Test
  void nothingBeginsWhileSomethingIsInTheWay() {
    obstacle = "waiting for VeleroInstall x";
    assertThat(decide(Life.NEW)).isEqualTo(new BackupStep.Wait("waiting for VeleroInstall x"));
  }

  @Test
  void aBackupFromBeforeIsNotAdoptedWhileSomethingIsInTheWay() {
    obstacle = "the folder holds backups of a different cluster";
    there(NAME, new Existing.Adoptable(), "Completed");
    assertThat(decide(Life.NEW)).isInstanceOf(BackupStep.Wait.class);
  }

  @Test
  void whatIsInTheWayUntilTheDeadlineEndsIt() {
    obstacle = "waiting for VeleroInstall x: bucket does not exist";
    assertEnds(decide(Life.NEW.tooLate()), Names.NOT_STARTED, "bucket does not exist");
  }

  @Test
  void anUnreachableMemberIsWaitedForUntilTheDeadline() {
    assertThat(blind(Life.NEW))
        .isEqualTo(new BackupStep.Wait("cluster paris is unreachable: no route"));
    assertEnds(blind(Life.NEW.tooLate()), Names.NOT_STARTED, "cluster paris is unreachable");
  }

  @Test
  void whatMayRunUnseenIsNeverEndedBlindly() {
    assertThat(blind(Life.NEW.tried(NAME).tooLate())).isInstanceOf(BackupStep.Wait.class);
    assertThat(blind(Life.NEW.tried(NAME).seen("InProgress").tooLate()))
        .isInstanceOf(BackupStep.Wait.class);
  }

  @Test
  void whatIsOnlyObservedHasNoDeadlineToMiss() {
    assertThat(BackupDecisions.decide(Life.NEW.tooLate().situation(false), BLIND))
        .isInstanceOf(BackupStep.Wait.class);
  }

  @Test
  void aFreeNameIsNotTakenAfterTheDeadline() {
    assertEnds(decide(Life.NEW.tooLate()), Names.NOT_STARTED, "deadline");
    assertEnds(decide(Life.NEW.tried(NAME).tooLate()), Names.NOT_STARTED, "deadline");
  }

  @Test
  void theSameBackupFromBeforeIsAdoptedInsteadOfTakenAgain() {
    there(NAME, new Existing.Adoptable(), "Completed");
    assertThat(decide(Life.NEW)).isEqualTo(new BackupStep.Adopt(NAME, observation("Completed")));
    assertThat(decide(Life.NEW.tooLate())).isInstanceOf(BackupStep.Adopt.class);
  }

  @Test
  void releasedBackupsArePassedBy() {
    there(NAME, new Existing.Released(), "Completed");
    assertThat(decide(Life.NEW)).isEqualTo(new BackupStep.Create(NAME + "-2"));
    there(NAME + "-2", new Existing.Released(), "Failed");
    assertThat(decide(Life.NEW)).isEqualTo(new BackupStep.Create(NAME + "-3"));
  }

  @Test
  void aRebuiltHubFindsTheLatestOfSeveralRuns() {
    there(NAME, new Existing.Released(), "Failed");
    there(NAME + "-2", new Existing.Adoptable(), "Completed");
    assertThat(decide(Life.NEW))
        .isInstanceOfSatisfying(
            BackupStep.Adopt.class, adopt -> assertThat(adopt.name()).isEqualTo(NAME + "-2"));
  }

  @Test
  void aNameThatSomethingElseHasFailsTheBackup() {
    there(NAME, new Existing.Taken("it was taken with another policy"), "Completed");
    assertEnds(decide(Life.NEW), "Failed", "NameTaken: it was taken with another policy");
  }

  @Test
  void aCrashAfterCreationIsFoundOutAndNothingIsTakenTwice() {
    there(NAME, new Existing.Adoptable(), "InProgress");
    assertThat(decide(Life.NEW.tried(NAME)))
        .isEqualTo(new BackupStep.Watch(NAME, observation("InProgress")));
  }

  @Test
  void aCrashBeforeCreationIsMadeUpForUntilTheDeadline() {
    assertThat(decide(Life.NEW.tried(NAME))).isEqualTo(new BackupStep.Create(NAME));
  }

  @Test
  void aRaceForTheNameIsDecidedByWhatIsThere() {
    Life tried = Life.NEW.tried(NAME);
    there(NAME, new Existing.Released(), "Completed");
    assertThat(decide(tried)).isEqualTo(new BackupStep.Create(NAME + "-2"));
    there(NAME, new Existing.Taken("it was not made by this provider"), "New");
    assertEnds(decide(tried), "Failed", NameChoice.NAME_TAKEN);
  }

  @Test
  void whatWasSeenIsWatchedEvenWhenTheSpecWasRenderedAnew() {
    there(NAME, new Existing.Taken("it was taken with another policy"), "Finalizing");
    assertThat(decide(Life.NEW.tried(NAME).seen("InProgress")))
        .isEqualTo(new BackupStep.Watch(NAME, observation("Finalizing")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"New", "InProgress", "Finalizing", "SomePhaseOfTomorrow"})
  void whatWasSeenAndIsGoneFailsAndIsNotTakenAgain(String phase) {
    assertEnds(decide(Life.NEW.tried(NAME).seen(phase)), "Failed", "disappeared before it ended");
  }

  /** An adopted one was never announced. */
  @Test
  void whatOnlyThisProcessSawAndIsGoneFailsAndIsNotTakenAgain() {
    String problem = "disappeared before its status could be written";
    assertEnds(decide(Life.NEW.tried(NAME).met()), "Failed", problem);
    assertEnds(decide(Life.NEW.named(NAME).met()), "Failed", problem);
  }

  @Test
  void aRunningBackupIsWatchedWhateverBecameOfItsInstall() {
    obstacle = "VeleroInstall x is being deleted";
    there(NAME, new Existing.Adoptable(), "InProgress");
    assertThat(decide(Life.NEW.tried(NAME).seen("InProgress").tooLate()))
        .isInstanceOf(BackupStep.Watch.class);
  }

  @Test
  void observingImportsByExternalNameAndMakesNothing() {
    OneTimeSituation<VeleroBackupObservation> named = Life.NEW.named("by-hand").situation(false);
    assertThat(BackupDecisions.decide(named, clear())).isInstanceOf(BackupStep.Wait.class);
    there("by-hand", new Existing.Taken("it was not made by this provider"), "Completed");
    assertThat(BackupDecisions.decide(named, clear()))
        .isEqualTo(new BackupStep.Watch("by-hand", observation("Completed")));
    assertThat(BackupDecisions.decide(Life.NEW.situation(false), clear()))
        .isInstanceOf(BackupStep.Wait.class);
  }
}
