package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.provider.velero.Existing;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScheduleDecisionsTest {

  private static final String NAME = "daily-0123abcd";
  private static final Policies ALL = new Policies(false, true, true, true);
  private static final Policies OBSERVE = new Policies(false, false, false, false);
  private static final GenericKubernetesResource OBJECT = new GenericKubernetesResource();

  private final Map<String, Existing> member = new HashMap<>();
  private @Nullable String obstacle;

  private ScheduleStep decide(@Nullable String externalName, boolean seen, Policies policies) {
    return ScheduleDecisions.decide(
        new ScheduleSituation(NAME, externalName, seen, policies),
        new Sight.Clear<>(
            name ->
                Optional.ofNullable(member.get(name))
                    .map(match -> new Sight.Found<>(match, OBJECT)),
            () -> Optional.ofNullable(obstacle)));
  }

  @Test
  void itIsMadeUnderItsNameOnceNothingIsInTheWay() {
    obstacle = "waiting for VeleroInstall x";
    assertThat(decide(null, false, ALL)).isEqualTo(new ScheduleStep.Wait(obstacle));
    obstacle = null;
    assertThat(decide(null, false, ALL)).isEqualTo(new ScheduleStep.Create(NAME));
  }

  @Test
  void namesOfReleasedSchedulesArePassedBy() {
    member.put(NAME, new Existing.Released());
    assertThat(decide(null, false, ALL)).isEqualTo(new ScheduleStep.Create(NAME + "-2"));
    assertThat(decide(NAME, false, ALL)).isEqualTo(new ScheduleStep.Create(NAME + "-2"));
  }

  @Test
  void theSameScheduleFromBeforeIsAdopted() {
    member.put(NAME, new Existing.Adoptable());
    assertThat(decide(null, false, ALL)).isEqualTo(new ScheduleStep.Adopt(NAME));
  }

  @Test
  void aNameThatSomethingElseHasIsSaidAndTakenUpAgainWhenItIsFree() {
    member.put(NAME, new Existing.Taken("it was not made by this provider"));
    assertThat(decide(null, false, ALL))
        .isInstanceOfSatisfying(
            ScheduleStep.Blocked.class,
            blocked ->
                assertThat(blocked.problem())
                    .startsWith("NameTaken: it was not made")
                    .contains(NAME));
    assertThat(decide(NAME, false, ALL)).isInstanceOf(ScheduleStep.Blocked.class);
    member.clear();
    assertThat(decide(null, false, ALL)).isEqualTo(new ScheduleStep.Create(NAME));
  }

  @Test
  void whatSomebodyDeletedIsMadeAgainUnderTheSameName() {
    assertThat(decide(NAME + "-2", true, ALL)).isEqualTo(new ScheduleStep.Create(NAME + "-2"));
    obstacle = "waiting for VeleroInstall x";
    assertThat(decide(NAME + "-2", true, ALL)).isEqualTo(new ScheduleStep.Wait(obstacle));
  }

  @Test
  void whatIsThereIsKeptWhateverBecameOfItsInstall() {
    obstacle = "VeleroInstall x is being deleted";
    member.put(NAME, new Existing.Adoptable());
    assertThat(decide(NAME, true, ALL)).isEqualTo(new ScheduleStep.Keep(NAME, OBJECT));
  }

  @Test
  void observingImportsByExternalNameAndMakesNothing() {
    assertThat(decide(null, false, OBSERVE)).isInstanceOf(ScheduleStep.Wait.class);
    assertThat(decide("by-hand", false, OBSERVE)).isInstanceOf(ScheduleStep.Wait.class);
    member.put("by-hand", new Existing.Taken("it was not made by this provider"));
    assertThat(decide("by-hand", false, OBSERVE))
        .isEqualTo(new ScheduleStep.Keep("by-hand", OBJECT));
  }
}
