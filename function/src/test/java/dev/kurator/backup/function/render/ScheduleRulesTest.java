package dev.kurator.backup.function.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.VeleroScheduleParameters;
import dev.kurator.backup.apis.managed.VeleroScheduleSpec;
import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.PolicyIntent;
import dev.kurator.backup.function.claim.Timing;
import dev.kurator.backup.function.claim.Verdict;
import dev.kurator.backup.function.plan.Asked;
import dev.kurator.backup.function.plan.ClaimPhase;
import dev.kurator.backup.function.plan.Member;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.render.Lives.Call;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The design's rules over the lives of Backups that are taken again and again. */
class ScheduleRulesTest {

  @TestFactory
  Stream<DynamicTest> rules() {
    return Lives.rules(this, Asked.Schedule);
  }

  private static Optional<BackupIntent> intent(Call call) {
    return call.situation().verdict() instanceof Verdict.Valid(BackupIntent backup)
        ? Optional.of(backup)
        : Optional.empty();
  }

  /** Whether a valid claim, whose destinations are known, selects the operation no longer. */
  private static boolean hasLeft(Operation operation, Call call) {
    Optional<BackupIntent> intent = intent(call);
    if (intent.isEmpty()) {
      return false;
    }
    Optional<PolicyIntent> policy = intent.get().policy(operation.policy());
    return policy.isEmpty()
        || (isKnown(policy.get(), call)
            && members(policy.get(), call).stream()
                .noneMatch(member -> member.name().equals(operation.member())));
  }

  private static boolean isKnown(PolicyIntent policy, Call call) {
    List<Member> members = members(policy, call);
    Set<String> names = new HashSet<>();
    List<Member> everybody =
        call.situation().listed().values().stream().flatMap(List::stream).distinct().toList();
    return call.situation().listed().containsKey(policy.selection())
        && !members.isEmpty()
        && members.stream().allMatch(member -> names.add(member.name()))
        && members.stream()
            .allMatch(
                member ->
                    everybody.stream()
                        .filter(other -> other.name().equals(member.name()))
                        .allMatch(other -> other.kind() == member.kind()));
  }

  private static List<Member> members(PolicyIntent policy, Call call) {
    return call.situation().listed().getOrDefault(policy.selection(), List.of());
  }

  private static VeleroScheduleParameters rendered(Operation operation, Call call) {
    Composed composed = call.rendering().resources().get(Keys.operation(operation));
    return ((VeleroScheduleSpec) Objects.requireNonNull(composed).spec()).forProvider();
  }

  @Rule
  void onlyAScheduleThatTheClaimHasLeftAndThatRetainsItsDataIsDropped(Call call) {
    call.hub()
        .observed()
        .operations()
        .forEach(
            (operation, there) -> {
              boolean mayGo = hasLeft(operation, call) && ((ObservedSchedule) there).retains();
              assertThat(call.rendering().resources().containsKey(Keys.operation(operation)))
                  .as(call.when() + ": " + operation)
                  .isEqualTo(!mayGo);
            });
  }

  @Rule
  void whatTheClaimHasLeftIsRetainedAndOtherwiseUnchanged(Call call) {
    call.hub()
        .observed()
        .operations()
        .forEach(
            (operation, there) -> {
              ObservedSchedule schedule = (ObservedSchedule) there;
              if (hasLeft(operation, call) && !schedule.retains()) {
                VeleroScheduleParameters now = rendered(operation, call);
                assertThat(now.deletionPolicy()).as(call.when()).isEqualTo(DeletionPolicy.Retain);
                assertThat(now)
                    .as(call.when())
                    .usingRecursiveComparison()
                    .ignoringFields("deletionPolicy")
                    .isEqualTo(schedule.spec().forProvider());
              }
            });
  }

  @Rule
  void anInstallStaysAsLongAsAnythingOfItsMemberDoes(Call call) {
    call.hub()
        .observed()
        .installs()
        .keySet()
        .forEach(
            site -> {
              String member = site.member();
              boolean used =
                  call.hub().observed().operations().keySet().stream()
                      .anyMatch(operation -> operation.member().equals(member));
              boolean known =
                  intent(call).isPresent()
                      && intent(call).get().policies().stream()
                          .allMatch(policy -> isKnown(policy, call));
              boolean selected =
                  intent(call).stream()
                      .flatMap(claim -> claim.policies().stream())
                      .flatMap(policy -> members(policy, call).stream())
                      .anyMatch(one -> one.name().equals(member));
              assertThat(call.rendering().resources().containsKey(Keys.install(site)))
                  .as(call.when() + ": " + member)
                  .isEqualTo(used || selected || !known);
            });
  }

  @Rule
  void anInvalidEditChangesNothingOfWhatThereIsButThatDataStays(Call call) {
    if (intent(call).isEmpty()) {
      call.hub()
          .observed()
          .operations()
          .forEach(
              (operation, there) ->
                  assertThat(
                          Objects.requireNonNull(
                                  call.rendering().resources().get(Keys.operation(operation)))
                              .spec())
                      .as(call.when())
                      .isEqualTo(
                          call.situation().deletesData() ? there.spec() : there.retaining()));
    }
  }

  @Rule
  void everySelectedMemberHasTheScheduleThatTheClaimAsksFor(Call call) {
    intent(call)
        .ifPresent(
            claim ->
                claim.policies().stream()
                    .filter(policy -> isKnown(policy, call))
                    .forEach(
                        policy ->
                            members(policy, call).stream()
                                .filter(one -> one.allows(SimulatedHub.NAMESPACE))
                                .filter(one -> !one.deleted())
                                .forEach(one -> isAsAsked(one, policy, claim, call))));
  }

  private static void isAsAsked(Member member, PolicyIntent policy, BackupIntent claim, Call call) {
    Timing.Scheduled timing = (Timing.Scheduled) claim.timing();
    VeleroScheduleParameters now =
        rendered(new Operation(Operation.Kind.Schedule, member.name(), policy.name()), call);
    assertThat(now.schedule()).as(call.when()).isEqualTo(timing.cron());
    assertThat(Boolean.TRUE.equals(now.paused())).as(call.when()).isEqualTo(timing.paused());
    assertThat(now.deletionPolicy()).as(call.when()).isEqualTo(claim.deletionPolicy());
    assertThat(Objects.requireNonNull(now.policy()).ttl())
        .as(call.when())
        .isEqualTo(policy.policy().ttl());
  }

  @Rule
  void nobodyNewIsReachedWhoDoesNotAllowItOrIsBeingDeleted(Call call) {
    intent(call).stream()
        .flatMap(claim -> claim.policies().stream())
        .forEach(
            policy ->
                members(policy, call).stream()
                    .filter(one -> one.deleted() || !one.allows(SimulatedHub.NAMESPACE))
                    .map(one -> new Operation(Operation.Kind.Schedule, one.name(), policy.name()))
                    .filter(one -> !call.hub().observed().operations().containsKey(one))
                    .forEach(
                        one ->
                            assertThat(call.rendering().resources())
                                .as(call.when())
                                .doesNotContainKey(Keys.operation(one))));
  }

  @Rule
  void aScheduledClaimStaysScheduled(Call call) {
    if (call.hub().phase().equals(Optional.of(ClaimPhase.Scheduled))) {
      assertThat(call.rendering().report().phase()).as(call.when()).isEqualTo(ClaimPhase.Scheduled);
    }
  }

  @Rule
  void whatExistsKeepsItsRegistration(Call call) {
    call.hub()
        .observed()
        .operations()
        .forEach(
            (operation, there) -> {
              Composed now = call.rendering().resources().get(Keys.operation(operation));
              if (now != null) {
                ProviderConfigReference registration = SimulatedHub.registration(now);
                assertThat(registration).as(call.when()).isEqualTo(there.member());
              }
            });
  }

  @Rule
  void whatTheClaimHasLeftIsGoneAfterTwoQuietCallsAndTheInstallAfterAThird(Call call) {
    // Only a claim that knows all of its members parts with an install.
    boolean known =
        intent(call).isPresent()
            && intent(call).get().policies().stream().allMatch(policy -> isKnown(policy, call));
    if (known) {
      SimulatedHub quiet = call.hub().copy();
      for (int calls = 0; calls < 4; calls++) {
        quiet.applyWholly(quiet.render(quiet.withSame(call.situation())));
      }
      Set<String> members = new HashSet<>();
      intent(call).orElseThrow().policies().stream()
          .flatMap(policy -> members(policy, call).stream())
          .forEach(member -> members.add(member.name()));
      assertThat(quiet.observed().installs().keySet())
          .as(call.when())
          .allMatch(site -> members.contains(site.member()));
      quiet
          .observed()
          .operations()
          .keySet()
          .forEach(one -> assertThat(hasLeft(one, call)).as(call.when()).isFalse());
    }
  }
}
