package dev.kurator.backup.function.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.AccessMode;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.function.claim.RestoreIntent;
import dev.kurator.backup.function.claim.Verdict;
import dev.kurator.backup.function.plan.Asked;
import dev.kurator.backup.function.plan.ClaimPhase;
import dev.kurator.backup.function.plan.Obstacle.Reason;
import dev.kurator.backup.function.plan.SourceBackup;
import dev.kurator.backup.function.render.Lives.Call;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The design's rules over the lives of Restores. */
class RestoreRulesTest {

  private static void inEach(Consumer<Call> check) {
    Lives.inEach(Asked.Restore, check);
  }

  /** Rule 6: neither the Backup nor its status can change what is restored. */
  @Test
  void whatHasBegunIsNeverRenderedAnew() {
    inEach(
        call -> {
          call.hub()
              .observed()
              .operations()
              .forEach(
                  (operation, there) ->
                      assertThat(call.rendering().resources().get(Keys.operation(operation)))
                          .as(call.when())
                          .extracting(Composed::spec)
                          .isEqualTo(there.spec()));
          call.hub()
              .observed()
              .installs()
              .forEach(
                  (site, there) ->
                      assertThat(call.rendering().resources().get(Keys.install(site)))
                          .as(call.when())
                          .extracting(Composed::spec)
                          .isEqualTo(there.spec()));
        });
  }

  @Test
  void nothingBeginsWithoutTheBackup() {
    inEach(
        call -> {
          if (!(call.situation().source() instanceof SourceBackup.Found)) {
            assertThat(operations(call))
                .as(call.when())
                .isEqualTo(call.hub().observed().operations().size());
          }
        });
  }

  @Test
  void nothingBeginsAfterTheDeadline() {
    inEach(
        call -> {
          if (call.situation().deadlinePassed()) {
            assertThat(operations(call))
                .as(call.when())
                .isEqualTo(call.hub().observed().operations().size());
          }
        });
  }

  private static long operations(Call call) {
    return call.rendering().resources().keySet().stream()
        .filter(key -> Keys.operation(key).isPresent())
        .count();
  }

  /** Rule 1: what a member did not write itself, it may only read. */
  @Test
  void onlyAMembersOwnBackupsAreOpenForWriting() {
    inEach(
        call ->
            call.rendering()
                .resources()
                .forEach(
                    (key, composed) ->
                        Keys.site(key)
                            .ifPresent(
                                site -> {
                                  var opened = ((VeleroInstallSpec) composed.spec()).forProvider();
                                  assertThat(opened.accessMode())
                                      .as(call.when())
                                      .isEqualTo(
                                          site.isOwn()
                                              ? AccessMode.ReadWrite
                                              : AccessMode.ReadOnly);
                                  assertThat(opened.location().prefix())
                                      .as(call.when())
                                      .endsWith("/" + site.source());
                                })));
  }

  @Test
  void aPolicyThatTheBackupLacksEndsWhatHasNotBegun() {
    inEach(
        call -> {
          if (call.situation().source() instanceof SourceBackup.Found found
              && call.situation().verdict() instanceof Verdict.Valid(RestoreIntent restore)
              && restore.parts().stream()
                  .anyMatch(part -> found.intent().policy(part.policy()).isEmpty())) {
            assertThat(call.rendering().report().phase())
                .as(call.when())
                .isEqualTo(ClaimPhase.Failed);
          }
        });
  }

  @Test
  void whoWasRefusedForGoodIsToldTheSameReasonEverAfter() {
    inEach(
        call -> {
          boolean refused =
              call.situation().earlier().refusal().filter(Reason.UnknownPolicy::equals).isPresent();
          if (refused && call.hub().phase().filter(ClaimPhase::isFinal).isPresent()) {
            assertThat(call.rendering().conditions().getFirst().reason())
                .as(call.when())
                .isIn(Reason.UnknownPolicy.name(), Reason.InvalidClaim.name());
          }
        });
  }

  /** Rule 9: the Backup is not watched for us. */
  @Test
  void aRestoreThatWaitsAsksAgainSoonAndOneThatHasEndedSeldom() {
    inEach(
        call -> {
          ClaimPhase phase = call.rendering().report().phase();
          if (phase.isFinal()) {
            assertThat(call.rendering().ttl()).as(call.when()).isEqualTo(Duration.ofMinutes(10));
          } else if (phase == ClaimPhase.Pending
              && call.situation().verdict() instanceof Verdict.Valid) {
            assertThat(call.rendering().ttl()).as(call.when()).isEqualTo(Duration.ofSeconds(10));
          }
        });
  }
}
