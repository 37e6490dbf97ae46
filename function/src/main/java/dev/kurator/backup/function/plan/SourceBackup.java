package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.claim.Absent;
import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.ClaimId;
import dev.kurator.backup.function.claim.Problem;
import dev.kurator.backup.function.claim.Timing;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The Backup claim whose backups are to be restored, as the hub has it. */
public sealed interface SourceBackup {

  /** Crossplane has not looked for it yet, or the claim names none. */
  record Unlisted() implements SourceBackup {}

  /** There is none of that name in the namespace. */
  record Missing() implements SourceBackup {}

  /** It is being deleted. */
  record Leaving() implements SourceBackup {}

  /**
   * It says nothing that could be carried out.
   *
   * @param problems what is wrong with it, at least one
   */
  record Invalid(List<Problem> problems) implements SourceBackup {

    /** Copies the list. */
    public Invalid {
      problems = Absent.orEmpty(problems);
    }
  }

  /**
   * It is there.
   *
   * @param id which claim
   * @param intent what it says
   * @param status its status
   */
  record Found(ClaimId id, BackupIntent intent, Earlier status) implements SourceBackup {

    /** What its operations are. */
    Operation.Kind kind() {
      return switch (intent.timing()) {
        case Timing.Once _ -> Operation.Kind.Backup;
        case Timing.Scheduled _ -> Operation.Kind.Schedule;
      };
    }

    /** What its status says about a policy on a member, if anything. */
    Optional<BackupDetail> entry(String member, String policy) {
      return status.details().get(new Operation(kind(), member, policy))
              instanceof BackupDetail detail
          ? Optional.of(detail)
          : Optional.empty();
    }

    /** The members that its status knows, sorted. */
    SortedSet<String> members() {
      SortedSet<String> members = new TreeSet<>();
      status.details().keySet().forEach(operation -> members.add(operation.member()));
      return members;
    }

    /** Whether its status says of a Velero Backup that it is PartiallyFailed. */
    public boolean knowsAsPartial(String backup) {
      return status.details().values().stream()
          .filter(BackupDetail.class::isInstance)
          .map(BackupDetail.class::cast)
          .anyMatch(
              detail ->
                  (backup.equals(detail.backupName()) && Phases.isPartial(detail.phase()))
                      || detail.runs().stream()
                          .anyMatch(
                              run -> backup.equals(run.name()) && Phases.isPartial(run.phase())));
    }
  }
}
