package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.Absent;
import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.claim.BackupPhase;
import dev.kurator.backup.apis.claim.BackupStatus;
import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.claim.MigratePhase;
import dev.kurator.backup.apis.claim.MigrateStatus;
import dev.kurator.backup.apis.claim.OperationDetail;
import dev.kurator.backup.apis.claim.RestoreDetail;
import dev.kurator.backup.apis.claim.RestorePhase;
import dev.kurator.backup.apis.claim.RestoreStatus;
import dev.kurator.backup.function.plan.Asked;
import dev.kurator.backup.function.plan.ClaimPhase;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a claim of any kind says about itself.
 *
 * @param asked what the claim asks for
 * @param phase where it stands
 * @param summary the state of all members in one line
 * @param deletionPolicy what deleting the claim now would do to backup data, null where nothing of
 *     it decides that
 * @param details one entry for each member and policy, sorted
 */
public record Report(
    Asked asked,
    ClaimPhase phase,
    String summary,
    @Nullable DeletionPolicy deletionPolicy,
    List<OperationDetail> details) {

  /** Copies the list. */
  public Report {
    details = Absent.orEmpty(details);
  }

  /** The same in the words of the claim's own kind. */
  public Record status() {
    return switch (asked) {
      case Backup, Schedule ->
          new BackupStatus(
              BackupPhase.valueOf(phase.name()),
              summary,
              deletionPolicy,
              of(BackupDetail.class).toList());
      case Restore ->
          new RestoreStatus(
              RestorePhase.valueOf(phase.name()), summary, of(RestoreDetail.class).toList());
      case Migrate ->
          new MigrateStatus(
              MigratePhase.valueOf(phase.name()),
              summary,
              deletionPolicy,
              of(BackupDetail.class).findFirst().orElse(null),
              of(RestoreDetail.class).toList());
    };
  }

  private <T extends OperationDetail> Stream<T> of(Class<T> kind) {
    return details.stream().filter(kind::isInstance).map(kind::cast);
  }
}
