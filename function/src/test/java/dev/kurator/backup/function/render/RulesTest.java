package dev.kurator.backup.function.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.claim.BackupPhase;
import dev.kurator.backup.function.claim.Selection;
import dev.kurator.backup.function.plan.Decision;
import dev.kurator.backup.function.plan.Member;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Phases;
import dev.kurator.backup.function.plan.Plan;
import dev.kurator.backup.function.plan.Planner;
import dev.kurator.backup.function.plan.Situation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The design's rules over many claims' lives, each drawn from a seed; the seed is in every failure,
 * and {@code -Drules.seed=N} runs that one alone.
 */
class RulesTest {

  private static final int LIVES = 200;
  private static final int STEPS = 30;

  private static LongStream seeds() {
    String seed = System.getProperty("rules.seed");
    return seed == null ? LongStream.range(0, LIVES) : LongStream.of(Long.parseLong(seed));
  }

  /** Lives through claims' lives and looks at every call before it is carried out. */
  private static void inEveryLife(Consumer<Call> check) {
    seeds().forEach(seed -> live(seed, check));
  }

  private static void live(long seed, Consumer<Call> check) {
    SimulatedHub hub = new SimulatedHub(seed);
    for (int step = 0; step < STEPS; step++) {
      hub.happen();
      hub.happen();
      Situation situation = hub.situation();
      Rendering rendering = hub.render(situation);
      check.accept(new Call("seed " + seed + ", step " + step, hub, situation, rendering));
      hub.apply(rendering);
    }
  }

  private record Call(String when, SimulatedHub hub, Situation situation, Rendering rendering) {}

  @Test
  void nothingObservedIsEverDropped() {
    inEveryLife(
        call -> {
          List<String> observed = new ArrayList<>();
          call.hub().observed().installs().keySet().forEach(m -> observed.add(Keys.install(m)));
          call.hub().observed().operations().keySet().forEach(o -> observed.add(Keys.operation(o)));
          assertThat(call.rendering().resources().keySet()).as(call.when()).containsAll(observed);
        });
  }

  @Test
  void aClaimThatHasBegunKeepsItsMembers() {
    inEveryLife(
        call -> {
          if (call.situation().earlier().started()) {
            Set<Operation> known = new HashSet<>(call.situation().existing().operations());
            known.addAll(call.situation().earlier().details().keySet());
            assertThat(call.rendering().status().backupDetails())
                .as(call.when())
                .extracting(detail -> new Operation(Operation.Kind.Backup, detail.clusterName(), detail.policyName()))
                .containsExactlyInAnyOrderElementsOf(known);
          }
        });
  }

  @Test
  void anOperationThatEndedIsNeverRenderedAgain() {
    inEveryLife(
        call ->
            call.situation()
                .earlier()
                .details()
                .forEach(
                    (operation, detail) -> {
                      if (Phases.isTerminal(detail.phase())
                          && !call.situation().existing().operations().contains(operation)) {
                        assertThat(call.rendering().resources())
                            .as(call.when())
                            .doesNotContainKey(Keys.operation(operation));
                      }
                    }));
  }

  @Test
  void anAcceptedClaimIsNeverPendingAgainAndAFinalOneStaysAsItIs() {
    inEveryLife(
        call -> {
          BackupPhase before = call.hub().status().phase();
          BackupPhase now = Objects.requireNonNull(call.rendering().status().phase());
          if (call.situation().earlier().started()) {
            assertThat(now).as(call.when()).isNotEqualTo(BackupPhase.Pending);
          }
          if (before != null && Outcome.isFinal(before)) {
            assertThat(now).as(call.when()).isEqualTo(before);
          }
        });
  }

  @Test
  void nothingIsFinalWhileAClusterCanStillMakeProgress() {
    inEveryLife(
        call -> {
          BackupPhase phase = Objects.requireNonNull(call.rendering().status().phase());
          List<BackupDetail> details = call.rendering().status().backupDetails();
          boolean ended = details.stream().allMatch(one -> Phases.isTerminal(one.phase()));
          assertThat(Outcome.isFinal(phase))
              .as(call.when())
              .isEqualTo(ended && (phase == BackupPhase.Failed || !details.isEmpty()));
        });
  }

  @Test
  void oneBadMemberChangesNothingForTheOthers() {
    String bad = "oslo";
    inEveryLife(
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
    inEveryLife(
        call -> {
          Situation told = call.situation();
          Map<Selection, List<Member>> listed = new HashMap<>();
          told.listed()
              .forEach((selection, members) -> listed.put(selection, closed(members, bad)));
          boolean othersAllow =
              listed.values().stream()
                  .allMatch(members -> members.stream().anyMatch(one -> one.allows("team-shop")));
          if (othersAllow) {
            assertThat(others(Planner.plan(with(told, listed)), bad))
                .as(call.when())
                .isEqualTo(others(Planner.plan(told), bad));
          }
        });
  }

  private static List<Member> closed(List<Member> members, String name) {
    return members.stream()
        .map(member -> member.name().equals(name) ? new Member(member.kind(), name, List.of(), false) : member)
        .toList();
  }

  private static List<Decision> others(Plan plan, String member) {
    return plan.decisions().stream()
        .filter(decision -> !decision.operation().member().equals(member))
        .toList();
  }

  private static Situation with(Situation told, Map<Selection, List<Member>> listed) {
    return new Situation(
        told.claim(),
        told.kind(),
        told.verdict(),
        listed,
        told.existing(),
        told.earlier(),
        told.deadlinePassed());
  }

  @Test
  void theSameSituationGivesTheSameAnswerInWhateverOrderItIsTold() {
    Random shuffler = new Random(1);
    inEveryLife(
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
    rendering.status().backupDetails().stream()
        .filter(detail -> !detail.clusterName().equals(member))
        .forEach(others::add);
    return others;
  }
}
