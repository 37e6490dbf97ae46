package dev.kurator.backup.function.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.function.claim.RestoreIntent;
import dev.kurator.backup.function.claim.Verdict;
import dev.kurator.backup.function.plan.Asked;
import dev.kurator.backup.function.plan.ClaimPhase;
import dev.kurator.backup.function.plan.Obstacle.Reason;
import dev.kurator.backup.function.plan.SourceBackup;
import dev.kurator.backup.function.render.Lives.Call;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The design's rules over the lives of Restores. */
class RestoreRulesTest {

  @TestFactory
  Stream<DynamicTest> rules() {
    return Lives.rules(this, Asked.Restore);
  }

  @Rule
  void nothingBeginsWithoutTheBackup(Call call) {
    if (!(call.situation().source() instanceof SourceBackup.Found)) {
      assertThat(operations(call))
          .as(call.when())
          .isEqualTo(call.hub().observed().operations().size());
    }
  }

  @Rule
  void nothingBeginsAfterTheDeadline(Call call) {
    if (call.situation().deadlinePassed()) {
      assertThat(operations(call))
          .as(call.when())
          .isEqualTo(call.hub().observed().operations().size());
    }
  }

  private static long operations(Call call) {
    return call.rendering().resources().keySet().stream()
        .filter(key -> Keys.operation(key).isPresent())
        .count();
  }

  @Rule
  void aPolicyThatTheBackupLacksEndsWhatHasNotBegun(Call call) {
    if (call.situation().source() instanceof SourceBackup.Found found
        && call.situation().verdict() instanceof Verdict.Valid(RestoreIntent restore)
        && restore.parts().stream()
            .anyMatch(part -> found.intent().policy(part.policy()).isEmpty())) {
      assertThat(call.rendering().report().phase()).as(call.when()).isEqualTo(ClaimPhase.Failed);
    }
  }

  @Rule
  void whoWasRefusedForGoodIsToldTheSameReasonEverAfter(Call call) {
    boolean refused =
        call.situation().earlier().refusal().filter(Reason.UnknownPolicy::equals).isPresent();
    if (refused && call.hub().phase().filter(ClaimPhase::isFinal).isPresent()) {
      assertThat(call.rendering().conditions().getFirst().reason())
          .as(call.when())
          .isIn(Reason.UnknownPolicy.name(), Reason.InvalidClaim.name());
    }
  }
}
