package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.claim.RestorePolicy;
import dev.kurator.backup.function.claim.RestoreIntent;
import dev.kurator.backup.function.claim.Timing;
import dev.kurator.backup.function.plan.Obstacle.Reason;
import dev.kurator.backup.function.plan.Undertaking.Attempt;
import java.util.Optional;

/**
 * Whether what a Restore is to bring back is there, as far as the Backup's status tells; what a
 * member of the name {@code sourceCluster} took, the bucket alone tells, so that neither that
 * member nor the status is needed.
 *
 * @param backup the Backup
 * @param intent the Restore
 */
record BackupGate(SourceBackup.Found backup, RestoreIntent intent) {

  /** What keeps the whole Restore from beginning, if anything. */
  Optional<Obstacle> closed() {
    ClaimPhase phase = backup.status().phase();
    if (phase == null) {
      return notFinished("has not been looked at yet");
    }
    return switch (backup.intent().timing()) {
      case Timing.Scheduled _ -> Optional.empty();
      case Timing.Once _ ->
          switch (phase) {
            case Preparing, Running, BackingUp, Restoring, Scheduled ->
                notFinished("has not finished" + told());
            case Pending ->
                intent.sourceCluster() == null
                    ? notFinished("has not begun" + told())
                    : Optional.empty();
            case Failed -> intent.sourceCluster() == null ? failed() : Optional.empty();
            case Completed, PartiallyFailed -> Optional.empty();
          };
    };
  }

  /** What keeps one member and policy from beginning, if anything. */
  Optional<Attempt> closed(RestorePair pair) {
    if (intent.run() != null || pair.source().equals(intent.sourceCluster())) {
      return Optional.empty();
    }
    String policy = pair.operation().policy();
    Optional<BackupDetail> entry = backup.entry(pair.source(), policy);
    return switch (backup.intent().timing()) {
      case Timing.Once _ ->
          entry
              .filter(one -> Phases.isTerminal(one.phase()) && !Phases.isUsable(one.phase()))
              .map(one -> new Attempt.Hopeless(hopeless(one)));
      case Timing.Scheduled _ ->
          entry.map(BackupDetail::lastSuccessfulBackup).isPresent()
              ? Optional.empty()
              : notFinished("has no completed run of policy " + policy + " there yet")
                  .map(Attempt.Blocked::new);
    };
  }

  /** What is to come back on a member, by a policy that is restored. */
  Recovery recovery(RestorePair pair) {
    String policy = pair.operation().policy();
    RestorePolicy how = intent.how(policy).orElse(RestorePolicy.UNSET);
    boolean once = backup.intent().timing() instanceof Timing.Once;
    String taken =
        once
            ? backup
                .entry(pair.source(), policy)
                .filter(one -> Phases.isUsable(one.phase()))
                .map(BackupDetail::backupName)
                .orElse(null)
            : null;
    return new Recovery(
        backup.id(),
        intent.run() == null ? taken : intent.run(),
        once,
        how,
        intent.hash(how, pair.source()),
        intent.startDeadline());
  }

  private Optional<Obstacle> notFinished(String how) {
    return Optional.of(
        new Obstacle(Reason.BackupNotFinished, "Backup " + backup.id().name() + " " + how));
  }

  private Optional<Obstacle> failed() {
    return Optional.of(
        new Obstacle(
            Reason.BackupFailed,
            "Backup "
                + backup.id().name()
                + " has failed"
                + told()
                + "; restore another Backup, or name destination and sourceCluster to take what"
                + " the bucket holds"));
  }

  private String told() {
    String summary = backup.status().summary();
    return summary == null ? "" : " (" + summary + ")";
  }

  private static String hopeless(BackupDetail entry) {
    String why = entry.failureReason() == null ? entry.message() : entry.failureReason();
    return "its backup ended " + entry.phase() + (why == null ? "" : ": " + why);
  }
}
