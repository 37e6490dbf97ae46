package dev.kurator.backup.function.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.OperationDetail;
import dev.kurator.backup.apis.claim.RestoreDetail;
import dev.kurator.backup.function.plan.Asked;
import dev.kurator.backup.function.plan.ClaimPhase;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Phases;
import dev.kurator.backup.function.plan.Planner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The design's rules over the lives of claims that are carried out once. */
class OnceRulesTest {

  private static void inEach(Consumer<Lives.Call> check) {
    Lives.inEach(Asked.Backup, check);
    Lives.inEach(Asked.Restore, check);
    Lives.inEach(Asked.Migrate, check);
  }

  @Test
  void nothingObservedIsEverDropped() {
    inEach(
        call -> {
          List<String> observed = new ArrayList<>();
          call.hub().observed().installs().keySet().forEach(s -> observed.add(Keys.install(s)));
          call.hub().observed().operations().keySet().forEach(o -> observed.add(Keys.operation(o)));
          assertThat(call.rendering().resources().keySet()).as(call.when()).containsAll(observed);
        });
  }

  @Test
  void aClaimThatHasBegunKeepsItsMembers() {
    inEach(
        call -> {
          if (call.situation().earlier().started()) {
            Set<Operation> known = new HashSet<>(call.situation().existing().operations());
            known.addAll(call.situation().earlier().details().keySet());
            assertThat(call.rendering().report().details())
                .as(call.when())
                .extracting(
                    detail ->
                        new Operation(kind(detail), detail.clusterName(), detail.policyName()))
                .containsExactlyInAnyOrderElementsOf(known);
          }
        });
  }

  private static Operation.Kind kind(OperationDetail detail) {
    return detail instanceof RestoreDetail ? Operation.Kind.Restore : Operation.Kind.Backup;
  }

  @Test
  void anOperationThatEndedIsNeverRenderedAgain() {
    inEach(
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
  void aFinalClaimStaysAsItIs() {
    inEach(
        call ->
            call.hub()
                .phase()
                .filter(ClaimPhase::isFinal)
                .ifPresent(
                    before ->
                        assertThat(call.rendering().report().phase())
                            .as(call.when())
                            .isEqualTo(before)));
  }

  @Test
  void nothingIsFinalWhileAClusterCanStillMakeProgress() {
    inEach(
        call -> {
          ClaimPhase phase = call.rendering().report().phase();
          List<OperationDetail> details = call.rendering().report().details();
          boolean ended = details.stream().allMatch(one -> Phases.isTerminal(one.phase()));
          boolean listing = Planner.plan(call.situation()).listing();
          assertThat(phase.isFinal())
              .as(call.when())
              .isEqualTo(ended && !listing && (phase == ClaimPhase.Failed || !details.isEmpty()));
        });
  }
}
