package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.provider.reconcile.ClaimBudget.Allowance;
import dev.kurator.backup.provider.reconcile.ClaimBudget.Word;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimBudgetTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 6, 7, 10, 16, 17, 20, 25, 30, 40, 50, 60})
  void theBreakerStaysClosedWhetherMembersAreQuickOrSlow(int size) {
    for (int slowest : new int[] {3, 10, 60, 180}) {
      for (long seed = 1; seed <= 25; seed++) {
        FleetSimulation fleet = new FleetSimulation(size, slowest, seed, true);
        int seconds = fleet.run();
        if (seed == 1) {
          System.out.printf(
              "%d members, slowest %d s: known after %d s, fewest tokens %.0f%n",
              size, slowest, seconds, fleet.least());
        }
        assertThat(fleet.opened()).as("slowest %d, seed %d", slowest, seed).isFalse();
      }
    }
  }

  @Test
  void withoutItsBudgetTheBreakerOpensForFiftyMembers() {
    FleetSimulation fleet = new FleetSimulation(50, 60, 1, false);

    fleet.run();

    assertThat(fleet.opened()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void aSmallFleetIsToldAtOnce(int size) {
    assertThat(new FleetSimulation(size, 60, 7, true).run())
        .isEqualTo(new FleetSimulation(size, 60, 7, false).run());
  }

  @Test
  void fiftyMembersAreToldWithinTenMinutes() {
    assertThat(new FleetSimulation(50, 10, 3, true).run()).isLessThan(600);
  }

  @Test
  void whereTheBreakerIsOpenAnywayNothingIsHeldBack() {
    ClaimBudget<Integer> budget = claimOf(99);

    assertThat(budget.may(1, Word.NEWS, NOW)).isTrue();
    assertThat(budget.may(1, Word.NEWS, NOW.plusSeconds(301))).isFalse();
  }

  @Test
  void whatOthersWaitForGoesFirstAndNewsOnlyWhereThereIsRoom() {
    ClaimBudget<Integer> budget = claimOf(40);
    assertThat(budget.may(1, Word.NEWS, NOW)).isFalse();
    assertThat(budget.may(2, Word.OUTCOME, NOW)).isFalse();
    assertThat(budget.may(3, Word.OPENING, NOW)).isFalse();

    assertThat(budget.due(NOW.plusSeconds(4))).isEmpty();
    assertThat(budget.due(NOW.plusSeconds(20))).isEmpty();
    assertThat(budget.due(NOW.plusSeconds(40))).containsExactly(3, 2);
    assertThat(budget.may(3, Word.OPENING, NOW.plusSeconds(41))).isTrue();
    assertThat(budget.may(3, Word.OPENING, NOW.plusSeconds(42))).isFalse();
    assertThat(budget.due(NOW.plusSeconds(160))).containsExactly(3, 1);
  }

  @Test
  void aLargerAllowanceTellsSooner() {
    ClaimBudget<Integer> budget = new ClaimBudget<>(new Allowance(3000, 30), NOW);
    IntStream.range(0, 300).forEach(who -> budget.created(who, Optional.empty(), NOW));
    List<Integer> all = IntStream.range(0, 300).boxed().toList();
    all.forEach(who -> assertThat(budget.may(who, Word.OPENING, NOW)).isFalse());

    assertThat(budget.due(NOW.plusSeconds(5))).containsExactlyElementsOf(all);
  }

  private static ClaimBudget<Integer> claimOf(int resources) {
    ClaimBudget<Integer> budget = new ClaimBudget<>(Allowance.DEFAULT, NOW);
    IntStream.range(0, resources).forEach(who -> budget.created(who, Optional.empty(), NOW));
    return budget;
  }
}
