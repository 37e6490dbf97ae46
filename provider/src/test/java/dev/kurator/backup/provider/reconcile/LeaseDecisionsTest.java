package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which of several hubs with one id may work on a member. */
class LeaseDecisionsTest {

  private static final LeaseTiming TIMING = new LeaseTiming(Duration.ofMinutes(2));
  private static final LeaseHolder US = new LeaseHolder("hub-a", "aaaa0002");
  private static final Map<String, Long> EARLIER = Map.of("aaaa0001", 7L);
  private static final String OTHER = "hub-b/bbbb0001";
  private static final Duration NOT_YET = TIMING.stale().minusSeconds(1);

  private static LeaseSeen seen(String holder, long round) {
    return new LeaseSeen(holder, round, "then", false, "1");
  }

  private static LeaseWatch first(@Nullable LeaseSeen seen, boolean ours) {
    return LeaseWatch.NOTHING.saw(Optional.ofNullable(seen), ours, 0);
  }

  private static LeaseStep decide(LeaseWatch watch, Duration unchanged) {
    return decide(watch, unchanged, false, null);
  }

  private static LeaseStep decide(
      LeaseWatch watch, Duration unchanged, boolean remembered, @Nullable String named) {
    return LeaseDecisions.decide(
        new LeaseDecisions.Situation(US, EARLIER, watch, unchanged, remembered, named), TIMING);
  }

  @Test
  void whereThereIsNoneItIsMadeAndUsedAtOnce() {
    assertThat(decide(first(null, false), Duration.ZERO))
        .isEqualTo(new LeaseStep.Create(Duration.ZERO));
  }

  @Test
  void whereItWasTakenAwayFromSomebodyWhoMayBeAtWorkItIsMadeAndNotUsedYet() {
    LeaseWatch gone = first(seen(OTHER, 1), false).saw(Optional.empty(), false, 1);
    LeaseStep waits = new LeaseStep.Create(TIMING.stale());
    assertThat(decide(gone, Duration.ZERO)).isEqualTo(waits);
    assertThat(decide(first(null, false), Duration.ZERO, true, null)).isEqualTo(waits);
  }

  @Test
  void ourOwnIsRenewed() {
    LeaseWatch ours = first(seen(US.toString(), 9), true);
    assertThat(decide(ours, TIMING.stale())).isEqualTo(new LeaseStep.Renew());
  }

  @Test
  void aPredecessorOnThisHubIsTakenOverAtOnce() {
    LeaseWatch before = first(seen("hub-a/aaaa0001", 7), true);
    assertThat(decide(before, Duration.ZERO)).isEqualTo(new LeaseStep.TakeOver(Duration.ZERO));
    assertThat(decide(before, Duration.ZERO, true, null))
        .isEqualTo(new LeaseStep.TakeOver(Duration.ZERO));
  }

  @Test
  void aPredecessorThatWaitedForAnotherToStopHandsTheWaitOn() {
    LeaseSeen settling = new LeaseSeen("hub-a/aaaa0001", 7, "then", true, "1");
    assertThat(decide(first(settling, true), Duration.ZERO))
        .isEqualTo(new LeaseStep.TakeOver(TIMING.stale()));
  }

  @Test
  void aTermThatWentOnBeyondWhatThisHubRemembersIsAnotherHub() {
    LeaseSeen later = seen("hub-a/aaaa0001", 8);
    assertThat(LeaseDecisions.isOurs(later, US, EARLIER)).isFalse();
    assertThat(decide(first(later, false), NOT_YET))
        .isEqualTo(new LeaseStep.Wait("hub-a/aaaa0001"));
    assertThat(decide(first(seen("hub-a/aaaa0001", -1), false), NOT_YET))
        .isEqualTo(new LeaseStep.Wait("hub-a/aaaa0001"));
    assertThat(decide(first(seen("hub-b/aaaa0001", 7), false), NOT_YET))
        .isEqualTo(new LeaseStep.Wait("hub-b/aaaa0001"));
  }

  @Test
  void anothersIsWatchedUntilItIsStale() {
    LeaseWatch theirs = first(seen(OTHER, 1), false);
    assertThat(decide(theirs, NOT_YET)).isEqualTo(new LeaseStep.Wait(OTHER));
    assertThat(decide(theirs, TIMING.stale())).isEqualTo(new LeaseStep.TakeOver(Duration.ZERO));
  }

  @Test
  void whoSawAnotherAtWorkIsRefusedHoweverLongThatOneIsSilent() {
    LeaseWatch renewed = first(seen(OTHER, 1), false).saw(Optional.of(seen(OTHER, 2)), false, 1);
    LeaseWatch taken =
        first(seen(US.toString(), 1), true).saw(Optional.of(seen(OTHER, 2)), false, 1);
    LeaseWatch made = first(null, false).saw(Optional.of(seen(OTHER, 1)), false, 1);
    for (LeaseWatch alive : new LeaseWatch[] {renewed, taken, made}) {
      assertThat(decide(alive, Duration.ofDays(1))).isEqualTo(new LeaseStep.Refuse(OTHER));
    }
    assertThat(decide(first(seen(OTHER, 1), false), Duration.ofDays(1), true, null))
        .isEqualTo(new LeaseStep.Refuse(OTHER));
  }

  @Test
  void whatPeopleWriteToTheLeaseIsNoSignOfLife() {
    LeaseSeen annotated = new LeaseSeen(OTHER, 1, "then", false, "2");
    LeaseWatch watch = first(seen(OTHER, 1), false).saw(Optional.of(annotated), false, 5);
    assertThat(watch.alive()).isFalse();
    assertThat(watch.since()).isZero();
  }

  @Test
  void whoeverIsNamedIsTakenOverAndNothingIsWrittenUntilItHasStopped() {
    LeaseWatch alive = first(seen(OTHER, 1), false).saw(Optional.of(seen(OTHER, 2)), false, 1);
    assertThat(decide(alive, Duration.ZERO, true, OTHER))
        .isEqualTo(new LeaseStep.TakeOver(TIMING.stale()));
    assertThat(decide(alive, Duration.ofMinutes(5), true, OTHER))
        .isEqualTo(new LeaseStep.TakeOver(Duration.ofMinutes(1)));
    assertThat(decide(alive, Duration.ofDays(1), true, OTHER))
        .isEqualTo(new LeaseStep.TakeOver(Duration.ZERO));
  }

  @Test
  void aNameCountsForThatHolderAlone() {
    LeaseWatch alive = first(seen(OTHER, 1), false).saw(Optional.of(seen(OTHER, 2)), false, 1);
    for (String named : new String[] {"hub-b", "hub-b/bbbb0002", "hub-c/bbbb0001", ""}) {
      assertThat(decide(alive, Duration.ZERO, false, named)).isEqualTo(new LeaseStep.Refuse(OTHER));
    }
  }

  @Test
  void aLeaseThatNobodyHoldsIsTakenOnceItsLastHolderHasStopped() {
    assertThat(decide(first(seen("", 1), false), Duration.ofMinutes(2)))
        .isEqualTo(new LeaseStep.TakeOver(Duration.ofMinutes(4)));
  }

  @Test
  void anotherHubBeginsLaterThanTheLastWriteOfTheFirst() {
    assertThat(TIMING.writing()).isEqualTo(Duration.ofMinutes(4));
    assertThat(TIMING.stale()).isEqualTo(Duration.ofMinutes(6));
  }
}
