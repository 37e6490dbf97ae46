package dev.kurator.backup.function.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.apis.managed.VeleroRestoreSpec;
import dev.kurator.backup.apis.managed.VeleroScheduleSpec;
import dev.kurator.backup.function.claim.Selection;
import dev.kurator.backup.function.plan.Asked;
import dev.kurator.backup.function.plan.ClaimPhase;
import dev.kurator.backup.function.plan.Decision;
import dev.kurator.backup.function.plan.Member;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Plan;
import dev.kurator.backup.function.plan.Planner;
import dev.kurator.backup.function.plan.Situation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The design's rules that hold for claims of every kind. */
class RulesTest {

  @Test
  void anAcceptedClaimIsNeverPendingAgain() {
    Lives.inEach(
        call -> {
          if (call.situation().earlier().started()) {
            assertThat(call.rendering().report().phase())
                .as(call.when())
                .isNotEqualTo(ClaimPhase.Pending);
          }
        });
  }

  @Test
  void anOperationBeginsOnlyTogetherWithTheInstallThatItNames() {
    Lives.inEach(
        call ->
            call.rendering()
                .resources()
                .forEach(
                    (key, composed) ->
                        Keys.operation(key)
                            .filter(one -> !call.hub().observed().operations().containsKey(one))
                            .ifPresent(
                                operation ->
                                    assertThat(installs(call.rendering()))
                                        .as(call.when())
                                        .contains(installName(composed)))));
  }

  private static List<String> installs(Rendering rendering) {
    return rendering.resources().values().stream()
        .filter(one -> one.spec() instanceof VeleroInstallSpec)
        .map(Composed::name)
        .toList();
  }

  private static String installName(Composed operation) {
    return switch (operation.spec()) {
      case VeleroBackupSpec spec -> spec.forProvider().installName();
      case VeleroScheduleSpec spec -> spec.forProvider().installName();
      case VeleroRestoreSpec spec -> spec.forProvider().installName();
      default -> throw new AssertionError(operation.spec());
    };
  }

  @Test
  void oneBadMemberChangesNothingForTheOthers() {
    String bad = "oslo";
    Lives.inEach(
        call -> {
          Plan plan = Planner.plan(call.situation());
          Rendering worse =
              Renderer.render(call.situation(), plan, call.hub().withoutReaching(bad), List.of());
          assertThat(others(worse, bad)).as(call.when()).isEqualTo(others(call.rendering(), bad));
        });
  }

  @Test
  void aMemberThatAllowsNothingChangesNothingForTheOthers() {
    String bad = "oslo";
    Lives.inEach(
        call -> {
          Situation told = call.situation();
          Map<Selection, List<Member>> listed = new HashMap<>();
          told.listed()
              .forEach((selection, members) -> listed.put(selection, closed(members, bad)));
          boolean othersAllow =
              listed.values().stream()
                  .allMatch(
                      members ->
                          members.stream()
                              .anyMatch(
                                  one -> one.allows(SimulatedHub.NAMESPACE) && !one.deleted()));
          boolean source =
              Planner.plan(told).decisions().stream()
                  .map(Decision::operation)
                  .anyMatch(
                      one ->
                          told.asked() == Asked.Migrate
                              && one.kind() == Operation.Kind.Backup
                              && one.member().equals(bad));
          if (othersAllow && !source) {
            assertThat(others(Planner.plan(with(told, listed)), told.asked(), bad))
                .as(call.when())
                .isEqualTo(others(Planner.plan(told), told.asked(), bad));
          }
        });
  }

  private static List<Member> closed(List<Member> members, String name) {
    return members.stream()
        .map(
            member ->
                member.name().equals(name)
                    ? new Member(member.kind(), name, List.of(), member.deleted())
                    : member)
        .toList();
  }

  /** A Migrate's source is in the service of all its targets, and they depend on it. */
  private static List<Decision> others(Plan plan, Asked asked, String member) {
    List<Decision> others =
        plan.decisions().stream()
            .filter(decision -> !decision.operation().member().equals(member))
            .toList();
    return asked == Asked.Migrate
        ? others.stream().filter(one -> one.operation().kind() == Operation.Kind.Restore).toList()
        : others;
  }

  private static Situation with(Situation told, Map<Selection, List<Member>> listed) {
    return new Situation(
        told.claim(),
        told.asked(),
        told.verdict(),
        listed,
        told.source(),
        told.existing(),
        told.earlier(),
        told.deadlinePassed());
  }

  @Test
  void theSameSituationGivesTheSameAnswerInWhateverOrderItIsTold() {
    Random shuffler = new Random(1);
    Lives.inEach(
        call -> {
          Situation told = call.situation();
          Map<Selection, List<Member>> listed = new LinkedHashMap<>();
          List<Selection> selections = new ArrayList<>(told.listed().keySet());
          Collections.shuffle(selections, shuffler);
          for (Selection selection : selections) {
            List<Member> members = new ArrayList<>(told.listed().get(selection));
            Collections.shuffle(members, shuffler);
            listed.put(selection, members);
          }
          assertThat(call.hub().render(with(told, listed)))
              .as(call.when())
              .isEqualTo(call.rendering());
        });
  }

  /** What a rendering says about all members but one. */
  private static List<Object> others(Rendering rendering, String member) {
    List<Object> others = new ArrayList<>();
    rendering
        .resources()
        .forEach(
            (key, composed) -> {
              if (!key.endsWith("@" + member)) {
                others.add(key);
                others.add(composed);
              }
            });
    rendering.report().details().stream()
        .filter(detail -> !detail.clusterName().equals(member))
        .forEach(others::add);
    return others;
  }
}
