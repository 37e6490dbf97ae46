package dev.kurator.backup.function.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.OperationDetail;
import dev.kurator.backup.apis.claim.RestoreDetail;
import dev.kurator.backup.function.claim.Selection;
import dev.kurator.backup.function.plan.Asked;
import dev.kurator.backup.function.plan.Decision;
import dev.kurator.backup.function.plan.Member;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Phases;
import dev.kurator.backup.function.plan.Plan;
import dev.kurator.backup.function.plan.Planner;
import dev.kurator.backup.function.plan.Situation;
import dev.kurator.backup.function.render.Lives.Call;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The design's rule 4: one bad member, oslo, never holds up the others, and says why it is bad. */
class BadMemberRulesTest {

  private static final String BAD = "oslo";

  @TestFactory
  Stream<DynamicTest> rules() {
    return Lives.rules(this, Asked.values());
  }

  @Rule
  void aMemberOutOfReachChangesNothingForTheOthers(Call call) {
    assertThat(others(outOfReach(call))).as(call.when()).isEqualTo(others(call.rendering()));
  }

  @Rule
  void aMemberOutOfReachSaysSoInItsEntry(Call call) {
    for (OperationDetail detail : outOfReach(call).report().details()) {
      Operation.Kind kind =
          detail instanceof RestoreDetail
              ? Operation.Kind.Restore
              : call.situation().asked() == Asked.Schedule
                  ? Operation.Kind.Schedule
                  : Operation.Kind.Backup;
      Operation operation = new Operation(kind, detail.clusterName(), detail.policyName());
      if (detail.clusterName().equals(BAD)
          && !Phases.isTerminal(detail.phase())
          && call.hub().observed().operations().containsKey(operation)) {
        assertThat(detail.message())
            .as(call.when())
            .containsAnyOf("oslo is unreachable", "not selected any more");
      }
    }
  }

  private static Rendering outOfReach(Call call) {
    Plan plan = Planner.plan(call.situation());
    return Renderer.render(
        call.situation(), plan, call.hub().withoutReaching(BAD), call.hub().conditions());
  }

  @Rule
  void aMemberThatAllowsNothingChangesNothingForTheOthers(Call call) {
    assertNothingChanges(
        call, one -> Optional.of(new Member(one.kind(), BAD, List.of(), one.deleted())));
  }

  @Rule
  void aMemberThatIsBeingDeletedChangesNothingForTheOthers(Call call) {
    assertNothingChanges(
        call, one -> Optional.of(new Member(one.kind(), BAD, one.allowedNamespaces(), true)));
  }

  @Rule
  void aMemberThatIsNotRegisteredAnyMoreChangesNothingForTheOthers(Call call) {
    assertNothingChanges(call, _ -> Optional.empty());
  }

  private static void assertNothingChanges(Call call, Function<Member, Optional<Member>> change) {
    Situation told = call.situation();
    Map<Selection, List<Member>> listed = new HashMap<>();
    told.listed()
        .forEach(
            (selection, members) ->
                listed.put(
                    selection,
                    members.stream()
                        .flatMap(
                            one ->
                                one.name().equals(BAD)
                                    ? change.apply(one).stream()
                                    : Stream.of(one))
                        .toList()));
    if (isOneAmongOthers(told, listed)) {
      assertThat(others(Planner.plan(with(told, listed)), told.asked()))
          .as(call.when())
          .isEqualTo(others(Planner.plan(told), told.asked()));
    }
  }

  /** A claim that nobody can carry out, or cannot tell whom it is about, waits as a whole. */
  private static boolean isOneAmongOthers(Situation told, Map<Selection, List<Member>> listed) {
    boolean othersAllow =
        listed.values().stream()
            .allMatch(
                members ->
                    members.stream()
                        .anyMatch(
                            one ->
                                !one.name().equals(BAD)
                                    && one.allows(SimulatedHub.NAMESPACE)
                                    && !one.deleted()));
    boolean twice =
        told.listed().values().stream()
                .flatMap(List::stream)
                .filter(one -> one.name().equals(BAD))
                .map(Member::kind)
                .distinct()
                .count()
            > 1;
    // Which members a Restore has is decided for all of them at once.
    boolean decided = told.asked() != Asked.Restore || told.earlier().started();
    return othersAllow && !twice && decided && !isSource(told);
  }

  /** A Migrate's source is in the service of all its targets, and they depend on it. */
  private static boolean isSource(Situation told) {
    return told.asked() == Asked.Migrate
        && ((told.existing().members().containsKey(BAD)
                && told.existing().operations().contains(backup()))
            || told.earlier().details().containsKey(backup())
            || told.listed().getOrDefault(SimulatedUser.MIGRATED.getFirst(), List.of()).stream()
                .anyMatch(one -> one.name().equals(BAD)));
  }

  private static Operation backup() {
    return new Operation(Operation.Kind.Backup, BAD, "default");
  }

  private static List<Decision> others(Plan plan, Asked asked) {
    return plan.decisions().stream()
        .filter(decision -> !decision.operation().member().equals(BAD))
        .filter(
            decision ->
                asked != Asked.Migrate || decision.operation().kind() == Operation.Kind.Restore)
        .toList();
  }

  static Situation with(Situation told, Map<Selection, List<Member>> listed) {
    return new Situation(
        told.claim(),
        told.asked(),
        told.verdict(),
        listed,
        told.source(),
        told.existing(),
        told.earlier(),
        told.deadlinePassed(),
        told.deletesData());
  }

  /** What a rendering says about all members but one. */
  private static List<Object> others(Rendering rendering) {
    List<Object> others = new ArrayList<>();
    rendering
        .resources()
        .forEach(
            (key, composed) -> {
              if (!key.endsWith("@" + BAD)) {
                others.add(key);
                others.add(composed);
              }
            });
    rendering.report().details().stream()
        .filter(detail -> !detail.clusterName().equals(BAD))
        .forEach(others::add);
    return others;
  }
}
