package dev.kurator.backup.function.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.claim.BackupPhase;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Phases;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The design's rules over the lives of Backups that are taken once. */
class OnceRulesTest {

  private static final Operation.Kind BACKUP = Operation.Kind.Backup;

  @Test
  void nothingObservedIsEverDropped() {
    Lives.inEach(
        BACKUP,
        call -> {
          List<String> observed = new ArrayList<>();
          call.hub().observed().installs().keySet().forEach(m -> observed.add(Keys.install(m)));
          call.hub().observed().operations().keySet().forEach(o -> observed.add(Keys.operation(o)));
          assertThat(call.rendering().resources().keySet()).as(call.when()).containsAll(observed);
        });
  }

  @Test
  void aClaimThatHasBegunKeepsItsMembers() {
    Lives.inEach(
        BACKUP,
        call -> {
          if (call.situation().earlier().started()) {
            Set<Operation> known = new HashSet<>(call.situation().existing().operations());
            known.addAll(call.situation().earlier().details().keySet());
            assertThat(call.rendering().status().backupDetails())
                .as(call.when())
                .extracting(
                    detail -> new Operation(BACKUP, detail.clusterName(), detail.policyName()))
                .containsExactlyInAnyOrderElementsOf(known);
          }
        });
  }

  @Test
  void anOperationThatEndedIsNeverRenderedAgain() {
    Lives.inEach(
        BACKUP,
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
    Lives.inEach(
        BACKUP,
        call -> {
          BackupPhase before = call.hub().status().phase();
          BackupPhase now = Objects.requireNonNull(call.rendering().status().phase());
          if (before != null && Outcome.isFinal(before)) {
            assertThat(now).as(call.when()).isEqualTo(before);
          }
        });
  }

  @Test
  void nothingIsFinalWhileAClusterCanStillMakeProgress() {
    Lives.inEach(
        BACKUP,
        call -> {
          BackupPhase phase = Objects.requireNonNull(call.rendering().status().phase());
          List<BackupDetail> details = call.rendering().status().backupDetails();
          boolean ended = details.stream().allMatch(one -> Phases.isTerminal(one.phase()));
          assertThat(Outcome.isFinal(phase))
              .as(call.when())
              .isEqualTo(ended && (phase == BackupPhase.Failed || !details.isEmpty()));
        });
  }
}
