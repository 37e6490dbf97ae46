package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.provider.reconcile.ClaimBudget.Allowance;
import dev.kurator.backup.provider.reconcile.ClaimBudget.Word;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BudgetsTest {

  private static final int MANY = 60;

  private final ManualClock clock = new ManualClock();
  private final Budgets budgets = new Budgets(new Allowance(300, 1), clock);

  private VeleroBackup resource(String claim, int number) {
    VeleroBackup backup = Samples.backup("backup-" + number, null, "1h");
    backup.getMetadata().setCreationTimestamp(clock.instant().toString());
    FleetLifeTest.ownedBy(claim, backup);
    return backup;
  }

  private List<VeleroBackup> claim(String uid, int size) {
    List<VeleroBackup> all =
        IntStream.range(0, size).mapToObj(number -> resource(uid, number)).toList();
    all.forEach(this::see);
    return all;
  }

  private void see(VeleroBackup backup) {
    budgets.seen(user(backup), backup);
  }

  private static User user(VeleroBackup backup) {
    return User.of(ManagedKind.VeleroBackup, backup);
  }

  private boolean may(VeleroBackup backup) {
    return budgets.may(user(backup), backup, Word.OUTCOME);
  }

  private List<User> woken() {
    List<User> woken = new ArrayList<>();
    budgets.tick(woken::add);
    return woken;
  }

  @Test
  void wordsOfALargeClaimWaitComeInBatchesAndAllGetTheirTurn() {
    List<VeleroBackup> all = claim("large", MANY);
    assertThat(all).noneMatch(this::may);
    assertThat(woken()).isEmpty();

    Set<User> told = new HashSet<>();
    List<Integer> batches = new ArrayList<>();
    for (int minute = 0; minute < 30 && told.size() < MANY; minute++) {
      clock.forward(Duration.ofMinutes(1));
      List<User> turn = woken();
      batches.add(turn.size());
      all.stream()
          .filter(one -> turn.contains(user(one)))
          .forEach(
              one -> {
                assertThat(may(one)).isTrue();
                budgets.wrote(one);
                assertThat(told.add(user(one))).isTrue();
              });
    }

    assertThat(told).hasSize(MANY);
    assertThat(batches).hasSizeLessThan(MANY / 3);
  }

  @Test
  void everyUpdateIsCounted() {
    List<VeleroBackup> all = claim("large", MANY);
    for (VeleroBackup one : all) {
      for (int update = 0; update < 3; update++) {
        budgets.wrote(one);
      }
    }

    // more than the bucket holds: the breaker is open, and nothing is gained by waiting
    assertThat(all).allMatch(this::may);
  }

  @Test
  void oneClaimDoesNotWaitForAnother() {
    claim("large", MANY);

    assertThat(claim("small", 2)).allMatch(this::may);
  }

  @Test
  void whatWasWrittenByHandNeverWaits() {
    claim("large", MANY);
    VeleroBackup byHand = Samples.backup("by-hand", null, "1h");
    byHand.getMetadata().setCreationTimestamp(clock.instant().toString());
    see(byHand);
    VeleroBackup follower = resource("large", 0);
    follower.getMetadata().getOwnerReferences().forEach(owner -> owner.setController(false));

    assertThat(may(byHand)).isTrue();
    assertThat(may(follower)).isTrue();
  }

  @Test
  void whatIsBeingDeletedNeverWaits() {
    VeleroBackup deleted = claim("large", MANY).getFirst();
    assertThat(may(deleted)).isFalse();
    deleted.getMetadata().setDeletionTimestamp(clock.instant().toString());

    assertThat(may(deleted)).isTrue();
  }

  @Test
  void whatIsFoundAtTheStartWasNotMadeJustNow() {
    List<VeleroBackup> made = claim("made", 400);
    List<VeleroBackup> found =
        IntStream.range(0, 400).mapToObj(number -> resource("found", number)).toList();
    clock.forward(Duration.ofSeconds(31));
    found.forEach(this::see);

    // creations by the hundred empty the bucket: it is open, and nothing waits
    assertThat(made).allMatch(this::may);
    assertThat(found).noneMatch(this::may);
  }

  @Test
  void aClaimThatIsGoneLeavesNothingBehind() {
    List<VeleroBackup> all = claim("again", 400);
    assertThat(may(all.getFirst())).isTrue();
    all.forEach(one -> budgets.gone(user(one), one));

    // of the same identity, as no claim ever is: its bucket is full again
    assertThat(claim("again", MANY)).noneMatch(this::may);
  }

  @Test
  void whatIsGoneIsNotWokenAnyMore() {
    List<VeleroBackup> all = claim("large", MANY);
    VeleroBackup gone = all.getFirst();
    assertThat(may(gone)).isFalse();
    assertThat(may(all.getLast())).isFalse();
    budgets.gone(user(gone), gone);
    clock.forward(Duration.ofMinutes(1));

    assertThat(woken()).containsExactly(user(all.getLast()));
  }

  @Test
  void oneThatCannotBeWokenHoldsUpNobody() {
    claim("large", MANY).forEach(this::may);
    clock.forward(Duration.ofMinutes(10));
    List<User> asked = new ArrayList<>();

    budgets.tick(
        user -> {
          asked.add(user);
          throw new IllegalStateException("on its way out");
        });

    assertThat(asked).hasSizeGreaterThan(1);
  }
}
