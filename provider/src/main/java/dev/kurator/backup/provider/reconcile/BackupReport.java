package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.apis.managed.VeleroBackupStatus;
import dev.kurator.backup.provider.velero.Backups;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is told about a VeleroBackup after one look. */
final class BackupReport extends OneTimeReport<VeleroBackup, VeleroBackupObservation> {

  BackupReport(Desk desk, Context<VeleroBackup> context, VeleroBackup backup, Instant now) {
    super(desk, context, Operation.of(backup), backup, now);
  }

  /** The same about a newer state of the resource. */
  BackupReport of(VeleroBackup newer) {
    return new BackupReport(desk(), context(), newer, now());
  }

  /** A Backup that Velero has not looked at yet. */
  static VeleroBackupObservation fresh() {
    return VeleroBackupObservation.inPhase("New");
  }

  @Override
  OneTimeSituation<VeleroBackupObservation> situation() {
    return OneTimeSituation.of(resource(), now());
  }

  @Override
  Instant deadline() {
    return OneTimeSituation.deadline(resource());
  }

  @Override
  @Nullable String progressInterval() {
    return resource().getSpec().forProvider().progressInterval();
  }

  @Override
  VeleroBackupObservation explained(VeleroBackupObservation seen, List<String> reasons) {
    return Backups.explained(seen, reasons);
  }

  @Override
  List<Condition> conditions() {
    return known() ? resource().getStatus().conditions() : List.of();
  }

  @Override
  boolean write(@Nullable VeleroBackupObservation seen, List<Mark> marks) {
    Long generation = resource().getMetadata().getGeneration();
    List<Condition> after = Mark.apply(conditions(), marks, generation, now());
    desk().states().note(user(), seen != null, after);
    return Statuses.write(
        context(), resource(), new VeleroBackupStatus(seen, after, generation), marks);
  }
}
