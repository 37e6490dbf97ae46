package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.claim.OperationDetail;
import dev.kurator.backup.apis.claim.RestoreDetail;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.function.plan.Decision;
import dev.kurator.backup.function.plan.Earlier;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Phases;
import dev.kurator.backup.function.plan.Plan;
import dev.kurator.backup.function.plan.Situation;
import dev.kurator.backup.function.plan.SourceBackup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A claim's entries, with what they were made from. */
final class Entries {

  private static final String LEAVES = "not selected any more: its schedule goes, its backups stay";

  private final Observed observed;
  private final Earlier earlier;
  private final SourceBackup source;
  private final String startDeadline;

  private Entries(Observed observed, Situation situation, String startDeadline) {
    this.observed = observed;
    this.earlier = situation.earlier();
    this.source = situation.source();
    this.startDeadline = startDeadline;
  }

  /**
   * One entry for each operation that still concerns the claim.
   *
   * @param startDeadline as the claim names it, for what did not start
   */
  static List<Entry> of(Situation situation, Plan plan, Observed observed, String startDeadline) {
    Entries entries = new Entries(observed, situation, startDeadline);
    List<Entry> all = new ArrayList<>();
    for (Decision decision : plan.decisions()) {
      Operation operation = decision.operation();
      switch (decision) {
        case Decision.Carry _, Decision.Begin _, Decision.Keep _ ->
            all.add(entries.observed(decision, null));
        case Decision.Release _ -> all.add(entries.observed(decision, LEAVES));
        case Decision.Drop _ -> {}
        case Decision.Recall recall -> all.add(Entry.unseen(decision, recall.detail()));
        case Decision.Hold hold ->
            all.add(Entry.unseen(decision, unseen(operation, Phases.PENDING, hold.why())));
        case Decision.Prepare prepare -> all.add(entries.prepared(prepare));
        case Decision.Expire expire -> all.add(entries.expired(expire));
        case Decision.Refuse refuse ->
            all.add(Entry.unseen(decision, unseen(operation, Names.NOT_STARTED, refuse.why())));
      }
    }
    return all;
  }

  /** What is wrong with the way matters more than what the operation waits for. */
  private Entry prepared(Decision.Prepare prepare) {
    String message =
        Optional.ofNullable(observed.installs().get(prepare.way().site()))
            .flatMap(install -> new Health(install.status().conditions()).failure())
            .orElse(prepare.why());
    return Entry.unseen(prepare, unseen(prepare.operation(), Phases.PENDING, message));
  }

  private Entry expired(Decision.Expire expire) {
    String why = "did not start within " + startDeadline + ": " + expire.why();
    return Entry.unseen(expire, unseen(expire.operation(), Names.NOT_STARTED, why));
  }

  private Entry observed(Decision decision, @Nullable String remark) {
    Operation operation = decision.operation();
    return switch (observed.operations().get(operation)) {
      case null -> Entry.unseen(decision, unreadable(operation));
      case ObservedBackup backup -> {
        Health health = new Health(backup.conditions());
        @Nullable OperationDetail before = earlier.details().get(operation);
        OperationDetail detail = BackupReport.of(operation, backup, before, awaited(backup));
        yield new Entry(decision, detail, health.ready(), health.sound());
      }
      case ObservedSchedule schedule -> {
        Health health = new Health(schedule.conditions());
        OperationDetail detail =
            ScheduleReport.of(operation, schedule, Optional.ofNullable(remark), awaited(schedule));
        yield new Entry(decision, detail, health.ready(), health.sound());
      }
      case ObservedRestore restore -> {
        Health health = new Health(restore.conditions());
        @Nullable OperationDetail before = earlier.details().get(operation);
        OperationDetail detail =
            RestoreReport.of(operation, restore, before, source, awaited(restore));
        yield new Entry(decision, detail, health.ready(), health.sound());
      }
    };
  }

  private Optional<String> awaited(ObservedOperation operation) {
    return observed
        .installOf(operation)
        .flatMap(install -> awaited(operation, install))
        .or(() -> observed.unreadableInstall(operation.member().name()));
  }

  /** What has ended stays ended, also where its resource cannot be read any more. */
  private OperationDetail unreadable(Operation operation) {
    OperationDetail before = earlier.details().get(operation);
    return before != null && Phases.isTerminal(before.phase())
        ? before
        : unseen(operation, Phases.PENDING, observed.unreadable(operation).orElse(null));
  }

  /**
   * The install says first what is missing, and that nothing is any more; the operation that waits
   * for it writes seldom.
   */
  private static Optional<String> awaited(ObservedOperation operation, ObservedInstall install) {
    String waiting = ObservedInstall.AWAITED + install.name() + ": ";
    Health health = new Health(install.status().conditions());
    return health
        .trouble()
        .or(
            () ->
                new Health(operation.conditions())
                    .trouble()
                    .filter(text -> health.ready() && text.startsWith(waiting))
                    .map(text -> "Velero is ready, about to begin"))
        .map(waiting::concat);
  }

  private static OperationDetail unseen(
      Operation operation, String phase, @Nullable String message) {
    return switch (operation.kind()) {
      case Backup, Schedule ->
          BackupDetail.unseen(operation.member(), operation.policy(), phase, message);
      case Restore -> RestoreDetail.unseen(operation.member(), operation.policy(), phase, message);
    };
  }
}
