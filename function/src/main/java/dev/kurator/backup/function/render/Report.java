package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.Absent;
import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.claim.BackupPhase;
import dev.kurator.backup.apis.claim.BackupStatus;
import dev.kurator.backup.apis.claim.OperationDetail;
import dev.kurator.backup.apis.claim.RestoreDetail;
import dev.kurator.backup.apis.claim.RestorePhase;
import dev.kurator.backup.apis.claim.RestoreStatus;
import dev.kurator.backup.function.plan.ClaimPhase;
import dev.kurator.backup.function.plan.Operation;
import java.util.List;

/**
 * What a claim of any kind says about itself.
 *
 * @param kind what its entries are about
 * @param phase where it stands
 * @param summary the state of all members in one line
 * @param details one entry for each member and policy, sorted
 */
public record Report(
    Operation.Kind kind, ClaimPhase phase, String summary, List<OperationDetail> details) {

  /** Copies the list. */
  public Report {
    details = Absent.orEmpty(details);
  }

  /** The same in the words of the claim's own kind. */
  public Record status() {
    return switch (kind) {
      case Backup, Schedule ->
          new BackupStatus(
              BackupPhase.valueOf(phase.name()),
              summary,
              details.stream().map(BackupDetail.class::cast).toList());
      case Restore ->
          new RestoreStatus(
              RestorePhase.valueOf(phase.name()),
              summary,
              details.stream().map(RestoreDetail.class::cast).toList());
    };
  }
}
