package dev.kurator.backup.function.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.claim.OperationDetail;
import dev.kurator.backup.apis.claim.RestoreDetail;
import dev.kurator.backup.function.plan.Asked;
import dev.kurator.backup.function.plan.ClaimPhase;
import dev.kurator.backup.function.plan.Decision;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Phases;
import dev.kurator.backup.function.plan.Plan;
import dev.kurator.backup.function.plan.Planner;
import dev.kurator.backup.function.plan.Situation;
import dev.kurator.backup.function.plan.SourceBackup;
import dev.kurator.backup.function.render.ClaimCondition.Status;
import dev.kurator.backup.function.render.Lives.Call;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The design's rules over the lives of claims that are carried out once. */
class OnceRulesTest {

  @TestFactory
  Stream<DynamicTest> rules() {
    return Lives.rules(this, Asked.Backup, Asked.Restore, Asked.Migrate);
  }

  @Rule
  void nothingObservedIsEverDropped(Call call) {
    List<String> observed = new ArrayList<>();
    call.hub().observed().installs().keySet().forEach(s -> observed.add(Keys.install(s)));
    call.hub().observed().operations().keySet().forEach(o -> observed.add(Keys.operation(o)));
    assertThat(call.rendering().resources().keySet()).as(call.when()).containsAll(observed);
  }

  @Rule
  void aClaimThatHasBegunKeepsItsMembers(Call call) {
    if (call.situation().earlier().started()) {
      Set<Operation> known = new HashSet<>(call.situation().existing().operations());
      known.addAll(call.situation().earlier().details().keySet());
      assertThat(call.rendering().report().details())
          .as(call.when())
          .extracting(
              detail -> new Operation(kind(detail), detail.clusterName(), detail.policyName()))
          .containsExactlyInAnyOrderElementsOf(known);
    }
  }

  private static Operation.Kind kind(OperationDetail detail) {
    return detail instanceof RestoreDetail ? Operation.Kind.Restore : Operation.Kind.Backup;
  }

  @Rule
  void anOperationThatEndedIsNeverRenderedAgain(Call call) {
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
            });
  }

  @Rule
  void aFinalClaimStaysAsItIs(Call call) {
    call.hub()
        .phase()
        .filter(ClaimPhase::isFinal)
        .ifPresent(
            before ->
                assertThat(call.rendering().report().phase()).as(call.when()).isEqualTo(before));
  }

  @Rule
  void nothingIsFinalWhileAClusterCanStillMakeProgress(Call call) {
    Situation told = call.situation();
    ClaimPhase phase = call.rendering().report().phase();
    List<OperationDetail> details = call.rendering().report().details();
    boolean ended = details.stream().allMatch(one -> Phases.isTerminal(one.phase()));
    // A Migrate whose status is lost may have to find its source and its targets again.
    boolean whole =
        told.asked() != Asked.Migrate
            || details.isEmpty()
            || (details.stream().anyMatch(BackupDetail.class::isInstance)
                && (told.earlier().started()
                    || told.deadlinePassed()
                    || details.stream().anyMatch(RestoreDetail.class::isInstance)));
    assertThat(phase.isFinal())
        .as("%s: %s", call.when(), call.rendering().report())
        .isEqualTo(
            ended
                && whole
                && !Planner.plan(told).listing()
                && (phase == ClaimPhase.Failed || !details.isEmpty()));
  }

  /** Rule 7: past its start deadline, what has not begun has ended. */
  @Rule
  void nothingWaitsAfterTheDeadlineButATargetForItsBackup(Call call) {
    Situation told = call.situation();
    Plan plan = Planner.plan(told);
    boolean known =
        told.listed().keySet().containsAll(call.hub().selections())
            && !(told.source() instanceof SourceBackup.Unlisted);
    if (told.deadlinePassed() && known && told.asked() != Asked.Migrate && !plan.listing()) {
      assertThat(plan.decisions())
          .as(call.when())
          .noneMatch(one -> one instanceof Decision.Hold || one instanceof Decision.Prepare);
      assertThat(call.rendering().report().phase())
          .as(call.when())
          .isNotEqualTo(ClaimPhase.Pending);
    }
  }

  /** Rule 7. */
  @Rule
  void aClaimThatHasEndedSaysHowAndWhy(Call call) {
    ClaimPhase phase = call.rendering().report().phase();
    ClaimCondition succeeded =
        call.rendering().conditions().stream()
            .filter(one -> one.type().equals(ClaimCondition.SUCCEEDED))
            .findFirst()
            .orElseThrow();
    Status due =
        phase == ClaimPhase.Completed
            ? Status.True
            : phase.isFinal() ? Status.False : Status.Unknown;
    assertThat(succeeded.status()).as(call.when()).isEqualTo(due);
    assertThat(succeeded.message().isEmpty()).as(call.when()).isEqualTo(due != Status.False);
    assertThat(call.rendering().ready()).as(call.when()).isEqualTo(due == Status.True);
    for (OperationDetail detail : call.rendering().report().details()) {
      if (Phases.isTerminal(detail.phase()) && !detail.phase().equals(Phases.COMPLETED)) {
        assertThat(phase).as(call.when()).isNotEqualTo(ClaimPhase.Completed);
      }
    }
  }

  /**
   * Rules 2 and 6: neither the Backup nor a status can change what runs; an edit decides its data.
   */
  @Rule
  void whatHasBegunIsNeverRenderedAnew(Call call) {
    call.hub()
        .observed()
        .operations()
        .forEach((key, there) -> assertSame(call, Keys.operation(key), there.spec()));
    call.hub()
        .observed()
        .installs()
        .forEach((key, there) -> assertSame(call, Keys.install(key), there.spec()));
  }

  private static void assertSame(Call call, String key, Record there) {
    Record now = Objects.requireNonNull(call.rendering().resources().get(key)).spec();
    if (!now.equals(there)) {
      assertThat(now)
          .as(call.when())
          .usingRecursiveComparison()
          .ignoringFields("forProvider.progressInterval", "forProvider.deletionPolicy")
          .isEqualTo(there);
    }
  }
}
