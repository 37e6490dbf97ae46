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

/** Writes status and Events of a VeleroBackup after one look. */
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
    return OneTimeSituation.of(resource(), desk().states(), now());
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
    return hasStatus() ? resource().getStatus().conditions() : List.of();
  }

  @Override
  boolean writeStatus(
      @Nullable VeleroBackupObservation seen, List<Condition> conditions, List<Mark> marks) {
    Long generation = resource().getMetadata().getGeneration();
    VeleroBackupStatus status = new VeleroBackupStatus(seen, conditions, generation);
    return Statuses.write(context(), resource(), status, marks);
  }
}
