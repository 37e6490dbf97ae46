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
    return new OneTimeSituation<>(NAME, NAME, true, seen, false, true, Ownership.Recorded, false);
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
        new OneTimeSituation<>(NAME, null, false, null, false, true, Ownership.None, false);
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

  @ParameterizedTest
  @EnumSource(DeletionPolicy.class)
  void anotherBackupOfTheSameNameInTheBucketIsNeverTouched(DeletionPolicy policy) {
    String clash = "backup already exists in object storage";
    Sight<VeleroBackupObservation> collided =
        sight(new Sight.Found<>(new Existing.Adoptable(), observation("Failed", clash)));
    assertThat(decide(seen(observation("Failed", null)), policy, collided))
        .isEqualTo(new DeletionStep.LetGo(false));
    // what became of its own is in its status: the object may be the other's by now
    assertThat(decide(seen(observation("Failed", clash)), policy, there("Completed")))
        .isEqualTo(new DeletionStep.LetGo(false));
  }

  @ParameterizedTest
  @EnumSource(DeletionPolicy.class)
  void whatItNeitherMadeNorAdoptedIsLeftAsItIs(DeletionPolicy policy) {
    OneTimeSituation<VeleroBackupObservation> imported =
        new OneTimeSituation<>(
            NAME,
            "other",
            false,
            observation("Completed", null),
            true,
            true,
            Ownership.None,
            false);
    assertThat(decide(imported, policy, there("Completed")))
        .isEqualTo(new DeletionStep.Leave(DeletionDecisions.NOT_OWN));
    assertThat(decide(imported, policy, BLIND))
        .isEqualTo(new DeletionStep.Leave(DeletionDecisions.NOT_OWN));
  }

  @ParameterizedTest
  @EnumSource(DeletionPolicy.class)
  void whatHasItsNameAndIsAnothersIsLeftAsItIs(DeletionPolicy policy) {
    Sight<VeleroBackupObservation> others =
        sight(
            new Sight.Found<>(new Existing.Taken("hub b made it"), observation("Completed", null)));
    assertThat(decide(seen(observation("Completed", null)), policy, others))
        .isEqualTo(new DeletionStep.Leave("hub b made it"));
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
        .isInstanceOf(DeletionStep.Leave.class);
    assertThat(decide(seen(null), DeletionPolicy.Delete, there("Completed")))
        .isEqualTo(new DeletionStep.Request(NAME));
  }
}
