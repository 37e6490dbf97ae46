package dev.kurator.backup.function.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.AccessMode;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.apis.managed.VeleroRestoreSpec;
import dev.kurator.backup.apis.managed.VeleroScheduleSpec;
import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.MigrateIntent;
import dev.kurator.backup.function.claim.Selection;
import dev.kurator.backup.function.claim.Verdict;
import dev.kurator.backup.function.plan.Asked;
import dev.kurator.backup.function.plan.ClaimPhase;
import dev.kurator.backup.function.plan.Member;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Planner;
import dev.kurator.backup.function.plan.Situation;
import dev.kurator.backup.function.render.Lives.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The design's rules that hold for claims of every kind. */
class RulesTest {

  private static final Optional<DeletionPolicy> DELETE = Optional.of(DeletionPolicy.Delete);

  private final Random shuffler = new Random(1);

  @TestFactory
  Stream<DynamicTest> rules() {
    return Lives.rules(this, Asked.values());
  }

  /** Rule 1. */
  @Rule
  void dataIsToBeDeletedOnlyWhereTheClaimSaysSo(Call call) {
    call.rendering()
        .resources()
        .forEach(
            (key, composed) -> {
              boolean asked = deletionOf(call.situation()).equals(DELETE);
              Optional<DeletionPolicy> before =
                  Keys.operation(key)
                      .map(operation -> call.hub().observed().operations().get(operation))
                      .flatMap(there -> deletionOf(there.spec()));
              if (deletionOf(composed.spec()).equals(DELETE)) {
                assertThat(asked || before.equals(DELETE)).as(call.when() + ": " + key).isTrue();
              }
            });
  }

  private static Optional<DeletionPolicy> deletionOf(Situation situation) {
    return switch (situation.verdict()) {
      case Verdict.Valid(BackupIntent backup) -> Optional.of(backup.deletionPolicy());
      case Verdict.Valid(MigrateIntent migrate) -> Optional.of(migrate.backup().deletionPolicy());
      case Verdict.Valid _, Verdict.Invalid _ -> Optional.empty();
    };
  }

  private static Optional<DeletionPolicy> deletionOf(Record spec) {
    return switch (spec) {
      case VeleroBackupSpec backup -> Optional.ofNullable(backup.forProvider().deletionPolicy());
      case VeleroScheduleSpec schedule ->
          Optional.ofNullable(schedule.forProvider().deletionPolicy());
      default -> Optional.empty();
    };
  }

  /** Rule 1: what a member did not write itself, it may only read. */
  @Rule
  void onlyAMembersOwnBackupsAreOpenForWriting(Call call) {
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
                              .isEqualTo(site.isOwn() ? AccessMode.ReadWrite : AccessMode.ReadOnly);
                          assertThat(opened.location().prefix())
                              .as(call.when())
                              .endsWith("/" + site.source());
                        }));
  }

  @Rule
  void anAcceptedClaimIsNeverPendingAgain(Call call) {
    if (call.situation().earlier().started()) {
      assertThat(call.rendering().report().phase())
          .as(call.when())
          .isNotEqualTo(ClaimPhase.Pending);
    }
  }

  /** Rule 5. */
  @Rule
  void anOperationBeginsOnlyTogetherWithTheInstallThatItNames(Call call) {
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
                                .contains(installName(composed))));
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

  /** Rule 8. */
  @Rule
  void theSameSituationGivesTheSameAnswerInWhateverOrderItIsTold(Call call) {
    Situation told = call.situation();
    Map<Selection, List<Member>> listed = new LinkedHashMap<>();
    List<Selection> selections = new ArrayList<>(told.listed().keySet());
    Collections.shuffle(selections, shuffler);
    for (Selection selection : selections) {
      List<Member> members = new ArrayList<>(told.listed().get(selection));
      Collections.shuffle(members, shuffler);
      listed.put(selection, members);
    }
    assertThat(call.hub().render(BadMemberRulesTest.with(told, listed)))
        .as(call.when())
        .isEqualTo(call.rendering());
  }

  /** Rules 8 and 10: nothing goes back and forth, and no warning is given twice. */
  @Rule
  void whereNothingHappensTheAnswerStaysTheSameAndWarnsOfNothing(Call call) {
    if (call.step() % 10 == 9) {
      SimulatedHub quiet = call.hub().copy();
      for (int calls = 0; calls < 6; calls++) {
        quiet.applyWholly(quiet.render(quiet.withSame(call.situation())));
      }
      Rendering before = quiet.render(quiet.withSame(call.situation()));
      quiet.applyWholly(before);
      Rendering again = quiet.render(quiet.withSame(call.situation()));
      assertThat(again).as(call.when()).isEqualTo(before);
      assertThat(again.notices()).as(call.when()).isEmpty();
    }
  }

  /** Rule 1: where data must not be deleted any more, the next answer says so everywhere. */
  @Rule
  void anEditToRetainIsInTheNextAnswerForEverythingAlsoWhereTheClaimIsInvalid(Call call) {
    if (!call.situation().deletesData()) {
      call.rendering()
          .resources()
          .forEach(
              (key, composed) ->
                  assertThat(deletionOf(composed.spec()))
                      .as(call.when() + ": " + key)
                      .isNotEqualTo(DELETE));
    }
  }

  /** Rule 1: a claim may be deleted for the sake of its data as soon as it says Retain. */
  @Rule
  void theClaimSaysRetainOnlyOnceNothingOfItIsSeenOrToldToDelete(Call call) {
    List<DeletionPolicy> policies = new ArrayList<>();
    call.hub()
        .observed()
        .operations()
        .values()
        .forEach(there -> deletionOf(there.spec()).ifPresent(policies::add));
    call.rendering()
        .resources()
        .values()
        .forEach(composed -> deletionOf(composed.spec()).ifPresent(policies::add));
    if (policies.isEmpty() && !call.situation().deletesData()) {
      policies.add(DeletionPolicy.Retain);
    }
    assertThat(Optional.ofNullable(call.rendering().report().deletionPolicy()))
        .as(call.when())
        .isEqualTo(
            policies.contains(DeletionPolicy.Delete) ? DELETE : policies.stream().findFirst());
  }

  /**
   * Rule 9: every event may be dropped from now on, and Crossplane's jitter make the ttl longer.
   * {@link ResponseTtlTest} has claims of other sizes.
   */
  @Rule
  void anEditIsReadInTimeThoughNoEventTellsOfIt(Call call) {
    ClaimPhase phase = call.rendering().report().phase();
    boolean atWork = !phase.isFinal() && phase != ClaimPhase.Pending;
    boolean scheduled = phase == ClaimPhase.Scheduled;
    boolean deletes =
        call.situation().deletesData()
            || call.hub().observed().operations().values().stream()
                .anyMatch(there -> deletionOf(there.spec()).equals(DELETE));
    Duration longest = call.rendering().ttl().multipliedBy(11).dividedBy(10);
    if (atWork && (!scheduled || call.hub().isCircuitOpen())) {
      assertThat(longest).as(call.when()).isLessThan(Duration.ofSeconds(30));
    }
    if (deletes || !phase.isFinal()) {
      assertThat(longest).as(call.when()).isLessThan(Duration.ofSeconds(60));
    }
  }

  /** Rule 9: what is over costs little, and what is missed while at work is seen soon. */
  @Rule
  void whoWorksOrWaitsIsAskedAgainSoonAndWhoHasEndedSeldom(Call call) {
    ClaimPhase phase = call.rendering().report().phase();
    boolean deletes = call.situation().deletesData() || call.hub().observed().deletesData();
    boolean invalid = call.situation().verdict() instanceof Verdict.Invalid;
    if (phase.isFinal()) {
      assertThat(call.rendering().ttl())
          .as(call.when())
          .isEqualTo(deletes ? Duration.ofSeconds(50) : Duration.ofMinutes(10));
    } else if (phase != ClaimPhase.Scheduled && !(phase == ClaimPhase.Pending && invalid)) {
      assertThat(call.rendering().ttl()).as(call.when()).isEqualTo(Duration.ofSeconds(10));
    } else if (!call.hub().isCircuitOpen()) {
      assertThat(call.rendering().ttl())
          .as(call.when())
          .isBetween(Duration.ofSeconds(50), Duration.ofSeconds(54));
    }
  }

  /** Rule 10: the larger the claim, the less often each member tells its progress. */
  @Rule
  void theMoreOperationsTheLessOftenEachTellsItsProgress(Call call) {
    int decided = Planner.plan(call.situation()).decisions().size();
    call.rendering()
        .resources()
        .forEach(
            (key, composed) -> {
              Optional<Operation> begun =
                  Keys.operation(key)
                      .filter(one -> !call.hub().observed().operations().containsKey(one));
              if (begun.isPresent() && composed.spec() instanceof VeleroBackupSpec spec) {
                assertThat(spec.forProvider().progressInterval())
                    .as(call.when())
                    .isEqualTo(Math.max(15, 4 * decided) + "s");
              }
              if (begun.isPresent() && composed.spec() instanceof VeleroRestoreSpec spec) {
                assertThat(spec.forProvider().progressInterval())
                    .as(call.when())
                    .isEqualTo(Math.max(15, 4 * decided) + "s");
              }
            });
  }
}
