package dev.kurator.backup.function.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.claim.OperationDetail;
import dev.kurator.backup.apis.claim.RestoreDetail;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.SharedPassword;
import dev.kurator.backup.apis.managed.VeleroRestoreSpec;
import dev.kurator.backup.function.claim.Selection;
import dev.kurator.backup.function.claim.Verdict;
import dev.kurator.backup.function.plan.Asked;
import dev.kurator.backup.function.plan.ClaimPhase;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Phases;
import dev.kurator.backup.function.plan.Site;
import dev.kurator.backup.function.render.Lives.Call;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The design's rules over the lives of Migrates. */
class MigrateRulesTest {

  @TestFactory
  Stream<DynamicTest> rules() {
    return Lives.rules(this, Asked.Migrate);
  }

  /** A life that never gets there would prove nothing. */
  @Test
  void thereAreLivesThatEndInEveryWay() {
    Map<ClaimPhase, Integer> ends = new EnumMap<>(ClaimPhase.class);
    Lives.inEach(
        Asked.Migrate,
        call -> call.hub().phase().ifPresent(phase -> ends.merge(phase, 1, Integer::sum)));
    assertThat(ends)
        .containsKeys(
            ClaimPhase.Pending,
            ClaimPhase.Preparing,
            ClaimPhase.BackingUp,
            ClaimPhase.Restoring,
            ClaimPhase.Completed,
            ClaimPhase.PartiallyFailed,
            ClaimPhase.Failed);
  }

  /** Rule 5. */
  @Rule
  void noRestoreIsRenderedBeforeItsBackupIsCompleted(Call call) {
    begun(call, Operation.Kind.Restore)
        .forEach(
            operation -> {
              Composed restore =
                  Objects.requireNonNull(
                      call.rendering().resources().get(Keys.operation(operation)));
              String backup = ((VeleroRestoreSpec) restore.spec()).forProvider().backupName();
              assertThat(backup).as(call.when()).isEqualTo(completed(call));
            });
  }

  /** Name of the Completed backup, by its resource or by the claim's status. */
  private static @Nullable String completed(Call call) {
    Optional<String> seen =
        call.situation().existing().backups().values().stream()
            .filter(one -> one.phase().equals(Phases.COMPLETED))
            .findFirst()
            .map(one -> Objects.requireNonNull(one.name()));
    return seen.or(
            () ->
                call.situation().earlier().details().values().stream()
                    .filter(BackupDetail.class::isInstance)
                    .map(BackupDetail.class::cast)
                    .filter(one -> one.phase().equals(Phases.COMPLETED))
                    .findFirst()
                    .map(BackupDetail::backupName))
        .orElse(null);
  }

  @Rule
  void noBackupIsRenderedBeforeEveryTargetItCanReachHasTheSamePasswordAsFarAsAnybodyKnows(
      Call call) {
    if (begun(call, Operation.Kind.Backup).isEmpty()) {
      return;
    }
    assertThat(passwords(call))
        .as(call.when())
        .isNotEmpty()
        .doesNotContain(Optional.of(SharedPassword.Different), Optional.empty());
    assertThat(sameClusters(call)).as(call.when()).isEmpty();
  }

  /** Of the targets that are still members, what their installs tell. */
  private static List<Optional<SharedPassword>> passwords(Call call) {
    return targets(call.rendering().report().details()).stream()
        .filter(target -> isMember(call, target.clusterName()))
        .map(
            target ->
                call.situation()
                    .existing()
                    .ways()
                    .getOrDefault(new Site(target.clusterName(), source(call)), Optional.empty()))
        .toList();
  }

  private static boolean isMember(Call call, String name) {
    return call
        .situation()
        .listed()
        .getOrDefault(new Selection("europe", Map.of()), List.of())
        .stream()
        .anyMatch(
            one -> one.name().equals(name) && one.allows(SimulatedHub.NAMESPACE) && !one.deleted());
  }

  private static List<String> sameClusters(Call call) {
    Map<String, String> identities = call.situation().existing().identities();
    String source = identities.get(source(call));
    return targets(call.rendering().report().details()).stream()
        .map(OperationDetail::clusterName)
        .filter(target -> source != null && source.equals(identities.get(target)))
        .toList();
  }

  private static String source(Call call) {
    return call.rendering().report().details().stream()
        .filter(BackupDetail.class::isInstance)
        .map(OperationDetail::clusterName)
        .findFirst()
        .orElseThrow();
  }

  @Rule
  void thereIsOneSource(Call call) {
    assertThat(call.rendering().report().details().stream().filter(BackupDetail.class::isInstance))
        .as(call.when())
        .hasSizeLessThanOrEqualTo(1);
    assertThat(
            call.rendering().resources().keySet().stream().filter(key -> key.startsWith("backup:")))
        .as(call.when())
        .hasSizeLessThanOrEqualTo(1);
  }

  /** Rule 7 has its limit: while the backup runs, no target is late. */
  @Rule
  void theClaimsDeadlineEndsNoTargetWhileTheBackupRuns(Call call) {
    boolean running =
        call.situation().existing().backups().values().stream()
            .anyMatch(one -> !Phases.isTerminal(one.phase()));
    boolean known =
        call.situation().earlier().details().entrySet().stream()
            .anyMatch(
                one ->
                    one.getKey().kind() == Operation.Kind.Backup
                        && Phases.isTerminal(one.getValue().phase()));
    if (running
        && !known
        && call.situation().earlier().started()
        && call.situation().verdict() instanceof Verdict.Valid) {
      assertThat(ended(call.rendering().report().details()))
          .as(call.when())
          .isEqualTo(ended(call.situation().earlier().details().values().stream().toList()));
    }
  }

  private static List<String> ended(List<? extends OperationDetail> details) {
    return targets(details).stream()
        .filter(one -> one.phase().equals(Names.NOT_STARTED))
        .map(OperationDetail::clusterName)
        .toList();
  }

  @Rule
  void aBackupThatDidNotCompleteEndsTheMigrateAsFailed(Call call) {
    Optional<OperationDetail> source =
        call.rendering().report().details().stream()
            .filter(BackupDetail.class::isInstance)
            .findFirst();
    if (source.filter(one -> Phases.isTerminal(one.phase())).isPresent()
        && !source.get().phase().equals(Phases.COMPLETED)
        && call.hub().observed().operations().keySet().stream()
            .noneMatch(one -> one.kind() == Operation.Kind.Restore)
        && call.situation().verdict() instanceof Verdict.Valid
        && call.situation().earlier().started()) {
      assertThat(call.rendering().report().phase()).as(call.when()).isEqualTo(ClaimPhase.Failed);
      assertThat(begun(call, Operation.Kind.Restore)).as(call.when()).isEmpty();
    }
  }

  private static List<RestoreDetail> targets(List<? extends OperationDetail> details) {
    return details.stream()
        .filter(RestoreDetail.class::isInstance)
        .map(RestoreDetail.class::cast)
        .toList();
  }

  /** Operations that this answer begins. */
  private static List<Operation> begun(Call call, Operation.Kind kind) {
    return call.rendering().resources().keySet().stream()
        .flatMap(key -> Keys.operation(key).stream())
        .filter(one -> one.kind() == kind)
        .filter(one -> !call.hub().observed().operations().containsKey(one))
        .toList();
  }
}
