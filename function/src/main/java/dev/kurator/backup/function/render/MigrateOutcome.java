package dev.kurator.backup.function.render;

import static java.util.stream.Collectors.joining;

import dev.kurator.backup.apis.claim.OperationDetail;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.function.plan.ClaimPhase;
import dev.kurator.backup.function.plan.Decision;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Phases;
import dev.kurator.backup.function.plan.Plan;
import dev.kurator.backup.function.plan.Situation;
import dev.kurator.backup.function.render.ClaimCondition.Status;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Of a Migrate: its targets decide how it ends, but it is Completed only together with the source's
 * backup, and without that backup none of them does anything.
 *
 * @param phase where it stands
 * @param summary the state of source and targets in one line
 * @param backedUp how the source's backup ended, once it has
 */
record MigrateOutcome(ClaimPhase phase, String summary, ClaimCondition backedUp)
    implements Outcome {

  private static final String NOTHING = "nothing was restored";

  /** Looks at all entries. */
  static MigrateOutcome of(Situation situation, Plan plan, List<Entry> entries) {
    Optional<Entry> source =
        entries.stream().filter(one -> kind(one) == Operation.Kind.Backup).findFirst();
    List<Entry> targets =
        entries.stream().filter(one -> kind(one) == Operation.Kind.Restore).toList();
    ClaimPhase phase = phase(situation, plan, source.map(Entry::detail), details(targets));
    String summary = summary(plan, phase, source, targets);
    return new MigrateOutcome(phase, summary, backedUp(phase, source, summary));
  }

  @Override
  public boolean ready() {
    return phase == ClaimPhase.Completed;
  }

  @Override
  public List<ClaimCondition> conditions() {
    return List.of(backedUp, OnceOutcome.succeeded(phase, summary));
  }

  private static ClaimPhase phase(
      Situation situation,
      Plan plan,
      Optional<OperationDetail> source,
      List<OperationDetail> targets) {
    boolean started = situation.earlier().started();
    boolean over =
        source.filter(one -> Phases.isTerminal(one.phase())).isPresent()
            && targets.stream().allMatch(one -> Phases.isTerminal(one.phase()))
            && !plan.listing();
    // Accepted without its targets, it would never look for them again.
    boolean whole = !targets.isEmpty() || started || situation.deadlinePassed();
    if (plan.ended() || (over && whole)) {
      return ended(source, targets);
    }
    if (!started && (targets.isEmpty() || !Outcome.isRendered(plan))) {
      return ClaimPhase.Pending;
    }
    if (isCompleted(source) || targets.stream().anyMatch(one -> Phases.hasBegun(one.phase()))) {
      return ClaimPhase.Restoring;
    }
    return source.filter(one -> Phases.hasBegun(one.phase())).isPresent()
        ? ClaimPhase.BackingUp
        : ClaimPhase.Preparing;
  }

  /**
   * Targets can have restored a backup that has no Completed entry any more: where the claim's
   * status was lost, and the backup's resource with it. Then not all is Completed.
   */
  private static ClaimPhase ended(Optional<OperationDetail> source, List<OperationDetail> targets) {
    ClaimPhase phase = OnceOutcome.ended(targets);
    return phase == ClaimPhase.Completed && !isCompleted(source)
        ? ClaimPhase.PartiallyFailed
        : phase;
  }

  private static boolean isCompleted(Optional<OperationDetail> source) {
    return source.filter(one -> one.phase().equals(Phases.COMPLETED)).isPresent();
  }

  private static String summary(
      Plan plan, ClaimPhase phase, Optional<Entry> source, List<Entry> targets) {
    Summary summary = new Summary("migrated", MigrateOutcome::isDone, MigrateOutcome::remarks);
    if (phase == ClaimPhase.Pending || source.isEmpty()) {
      return summary.of(plan, List.of());
    }
    String from = source.get().detail().clusterName();
    String head =
        switch (phase) {
          case Preparing -> "preparing";
          case BackingUp -> "backing up " + from;
          default -> targets.isEmpty() ? "nothing migrated" : summary.count(targets);
        };
    // What has become of the targets without a backup, the source alone explains.
    boolean explained =
        Phases.isTerminal(source.get().detail().phase())
            && !isDone(source.get())
            && targets.stream().noneMatch(one -> Phases.hasBegun(one.detail().phase()));
    return explained
        ? summary.of(head, List.of(source.get())) + "; " + NOTHING
        : summary.of(head, Stream.concat(source.stream(), targets.stream()).toList());
  }

  private static ClaimCondition backedUp(ClaimPhase phase, Optional<Entry> source, String summary) {
    String ended = source.map(one -> one.detail().phase()).orElse(Phases.PENDING);
    if (ended.equals(Phases.COMPLETED)) {
      return new ClaimCondition(ClaimCondition.BACKED_UP, Status.True, ended, "");
    }
    if (Phases.isTerminal(ended)) {
      String why = source.stream().flatMap(one -> remarks(one).stream()).collect(joining("; "));
      return new ClaimCondition(ClaimCondition.BACKED_UP, Status.False, ended, why);
    }
    return phase.isFinal()
        ? new ClaimCondition(ClaimCondition.BACKED_UP, Status.False, Names.NOT_STARTED, summary)
        : new ClaimCondition(ClaimCondition.BACKED_UP, Status.Unknown, phase.name(), "");
  }

  private static boolean isDone(Entry entry) {
    return entry.detail().phase().equals(Phases.COMPLETED);
  }

  /** What merely comes later in the order of things is no trouble. */
  private static List<String> remarks(Entry entry) {
    return entry.decision() instanceof Decision.Prepare prepare
            && prepare.why().equals(entry.detail().message())
        ? List.of()
        : Remarks.ofOnce(entry.detail());
  }

  private static List<OperationDetail> details(List<Entry> entries) {
    return entries.stream().map(Entry::detail).toList();
  }

  private static Operation.Kind kind(Entry entry) {
    return entry.decision().operation().kind();
  }
}
