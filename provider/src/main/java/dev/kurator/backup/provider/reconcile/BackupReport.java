package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.apis.managed.VeleroBackupStatus;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is told about a VeleroBackup after one look. */
final class BackupReport extends OperationReport<VeleroBackup> {

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

  /** Its life so far. */
  BackupSituation situation() {
    return BackupSituation.of(resource(), now());
  }

  /** What the status says of Velero's Backup, null where it says nothing. */
  @Nullable VeleroBackupObservation written() {
    return known() ? resource().getStatus().atProvider() : null;
  }

  @Override
  List<Condition> conditions() {
    return known() ? resource().getStatus().conditions() : List.of();
  }

  @Override
  boolean write(List<Mark> marks) {
    return write(written(), marks);
  }

  @Override
  boolean exists() {
    return written() != null;
  }

  /** Velero's Backup was there already. */
  void adopted(String name, VeleroBackupObservation seen) {
    write(seen, BackupMarks.of(name, seen, true));
    foundOlder("Backup " + name);
  }

  /**
   * Velero's Backup as it is.
   *
   * @return whether that was news
   */
  boolean watched(String name, VeleroBackupObservation seen) {
    boolean adopted = !Annotations.of(resource()).containsKey(Names.EXTERNAL_CREATE_PENDING);
    return write(seen, BackupMarks.of(name, seen, adopted));
  }

  /** It is over without Velero. */
  void ended(String name, VeleroBackupObservation end) {
    if (write(end, BackupMarks.of(name, end, false))) {
      EventReason reason =
          Names.NOT_STARTED.equals(end.phase())
              ? EventReason.NotStarted
              : EventReason.CannotCreateExternalResource;
      desk().events().warning(resource(), reason, String.valueOf(end.failureReason()));
    }
  }

  private boolean write(@Nullable VeleroBackupObservation seen, List<Mark> marks) {
    Long generation = resource().getMetadata().getGeneration();
    List<Condition> after = Mark.apply(conditions(), marks, generation, now());
    desk().states().note(user(), seen != null, after);
    return Statuses.write(
        context(), resource(), new VeleroBackupStatus(seen, after, generation), marks);
  }
}
