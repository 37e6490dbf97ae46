package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.provider.velero.Existing;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeletionDecisionsTest {

  private static final String NAME = "nightly-0123abcd";
  private static final Sight<VeleroBackupObservation> BLIND =
      new Sight.Blind<>("cluster paris is unreachable: no route");
  private static final Sight<VeleroBackupObservation> NOTHING = sight(null);

  private static VeleroBackupObservation observation(String phase, @Nullable String reason) {
    return new VeleroBackupObservation(
        phase, null, null, null, null, null, null, reason, List.of(), List.of());
  }

  private static OneTimeSituation<VeleroBackupObservation> seen(
      @Nullable VeleroBackupObservation seen) {
    return new OneTimeSituation<>(NAME, NAME, true, seen, false, true, false);
  }

  private static Sight<VeleroBackupObservation> sight(
      Sight.@Nullable Found<VeleroBackupObservation> found) {
    return new Sight.Clear<>(name -> Optional.ofNullable(found), Optional::empty);
  }

  private static Sight<VeleroBackupObservation> there(String phase) {
    return sight(new Sight.Found<>(new Existing.Adoptable(), observation(phase, null)));
  }

  private static DeletionStep decide(
      OneTimeSituation<VeleroBackupObservation> situation,
      DeletionPolicy policy,
      Sight<VeleroBackupObservation> sight) {
    return DeletionDecisions.decide(situation, true, policy, false, sight, () -> Readers.NONE);
  }

  @ParameterizedTest
  @EnumSource(DeletionPolicy.class)
  void whatHasNoNameLeavesAtOnce(DeletionPolicy policy) {
    OneTimeSituation<VeleroBackupObservation> nameless =
        new OneTimeSituation<>(NAME, null, false, null, false, true, false);
    assertThat(decide(nameless, policy, BLIND)).isInstanceOf(DeletionStep.LetGo.class);
  }

  @ParameterizedTest
  @EnumSource(DeletionPolicy.class)
  void withoutDeleteInItsPoliciesItLetsGo(DeletionPolicy policy) {
    OneTimeSituation<VeleroBackupObservation> done = seen(observation("Completed", null));
    assertThat(
            DeletionDecisions.decide(
                done, false, policy, false, there("Completed"), () -> Readers.NONE))
        .isInstanceOf(DeletionStep.LetGo.class);
    assertThat(DeletionDecisions.decide(done, false, policy, false, BLIND, () -> Readers.NONE))
        .isInstanceOf(DeletionStep.LetGo.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"New", "InProgress", "Completed", "PartiallyFailed", "Failed"})
  void retainReleasesAndNeverAsksForDeletion(String phase) {
    assertThat(decide(seen(observation(phase, null)), DeletionPolicy.Retain, there(phase)))
        .isEqualTo(new DeletionStep.Release(NAME));
  }

  @Test
  void retainDoesNotWaitForAnUnreachableMember() {
    assertThat(decide(seen(observation("Completed", null)), DeletionPolicy.Retain, BLIND))
        .isInstanceOf(DeletionStep.LetGo.class);
  }

  @Test
  void retainWaitsAMomentForAFirstAnswer() {
    assertThat(
            DeletionDecisions.decide(
                seen(null),
                true,
                DeletionPolicy.Retain,
                true,
                new Sight.Blind<>("connecting"),
                () -> Readers.NONE))
        .isInstanceOf(DeletionStep.Await.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Completed", "PartiallyFailed", "Failed", "FailedValidation", "Deleting"})
  void deleteAsksVeleroOnceItHasEnded(String phase) {
    assertThat(decide(seen(observation("Completed", null)), DeletionPolicy.Delete, there(phase)))
        .isEqualTo(new DeletionStep.Request(NAME));
  }

  @ParameterizedTest
  @ValueSource(strings = {"New", "InProgress", "Finalizing"})
  void deleteWaitsForARunningBackup(String phase) {
    assertThat(decide(seen(observation("New", null)), DeletionPolicy.Delete, there(phase)))
        .isInstanceOf(DeletionStep.Await.class);
  }

  @Test
  void deleteWaitsForAnUnreachableMemberAndTellsTheWayOut() {
    assertThat(decide(seen(observation("Completed", null)), DeletionPolicy.Delete, BLIND))
        .isInstanceOfSatisfying(
            DeletionStep.Await.class,
            await -> {
              assertThat(await.failing()).isTrue();
              assertThat(await.message()).contains("unreachable").contains("managementPolicies");
            });
  }

  @Test
  void deleteIsOverOnceTheBackupIsGone() {
    assertThat(decide(seen(observation("Completed", null)), DeletionPolicy.Delete, NOTHING))
        .isInstanceOf(DeletionStep.LetGo.class);
  }

  @Test
  void anotherBackupOfTheSameNameInTheBucketIsNeverDeleted() {
    Sight<VeleroBackupObservation> collided =
        sight(
            new Sight.Found<>(
                new Existing.Adoptable(),
                observation("Failed", "backup already exists in object storage")));
    assertThat(decide(seen(observation("Failed", null)), DeletionPolicy.Delete, collided))
        .isEqualTo(new DeletionStep.Release(NAME));
  }

  @Test
  void whatHadTheNameBeforeIsNeitherDeletedNorReleased() {
    OneTimeSituation<VeleroBackupObservation> taken =
        seen(observation("Failed", NameChoice.NAME_TAKEN + "it was made by another cluster"));
    assertThat(decide(taken, DeletionPolicy.Delete, there("Completed")))
        .isInstanceOf(DeletionStep.LetGo.class);
    assertThat(decide(taken, DeletionPolicy.Retain, there("Completed")))
        .isInstanceOf(DeletionStep.LetGo.class);
  }

  @Test
  void whatNeverStartedDeletesNothing() {
    assertThat(
            decide(
                seen(observation("NotStarted", "late")), DeletionPolicy.Delete, there("Completed")))
        .isInstanceOf(DeletionStep.LetGo.class);
  }

  @Test
  void whatWasNeverSeenIsDeletedOnlyIfItIsOurs() {
    Sight<VeleroBackupObservation> foreign =
        sight(
            new Sight.Found<>(
                new Existing.Taken("it was not made by this provider"),
                observation("Completed", null)));
    assertThat(decide(seen(null), DeletionPolicy.Delete, foreign))
        .isInstanceOf(DeletionStep.LetGo.class);
    assertThat(decide(seen(null), DeletionPolicy.Delete, there("Completed")))
        .isEqualTo(new DeletionStep.Request(NAME));
  }
}
