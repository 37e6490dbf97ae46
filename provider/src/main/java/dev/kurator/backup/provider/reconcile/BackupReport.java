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

/** What is told about a VeleroBackup after one look: its status, and an Event where it changed. */
record BackupReport(Desk desk, Context<VeleroBackup> context, VeleroBackup backup, Instant now) {

  /** The same about a newer state of the resource. */
  BackupReport of(VeleroBackup newer) {
    return new BackupReport(desk, context, newer, now);
  }

  /** A Backup that Velero has not looked at yet. */
  static VeleroBackupObservation fresh() {
    return VeleroBackupObservation.inPhase("New");
  }

  /** What the status says of Velero's Backup, null where it says nothing. */
  @Nullable VeleroBackupObservation written() {
    return backup.getStatus() == null ? null : backup.getStatus().atProvider();
  }

  private List<Condition> conditions() {
    return backup.getStatus() == null ? List.of() : backup.getStatus().conditions();
  }

  /** Nobody looks until the pause ends. */
  void paused() {
    if (write(written(), List.of(Mark.paused()))) {
      desk.events().normal(backup, EventReason.ReconciliationPaused, "Reconciliation is paused");
    }
  }

  /** Nothing to tell; the metrics hear of it still. */
  void remember() {
    desk.states().note(User.of(ManagedKind.VeleroBackup, backup), true, conditions());
  }

  /** The member cannot be seen. */
  void cut(String problem) {
    if (write(written(), List.of(Mark.creating(problem), Mark.failing(problem)))) {
      desk.events().warning(backup, EventReason.CannotConnectToProvider, problem);
    }
  }

  /** The member answered, and said no. */
  void refused(String problem) {
    if (write(written(), List.of(Mark.creating(problem), Mark.failing(problem)))) {
      desk.events().warning(backup, EventReason.CannotCreateExternalResource, problem);
    }
  }

  /** When the resource was made, RFC 3339. */
  String created() {
    return backup.getMetadata().getCreationTimestamp();
  }

  /** Whether there is a status at all. */
  boolean known() {
    return backup.getStatus() != null;
  }

  /** Whether the status says already that something must happen first. */
  boolean knownWaiting() {
    return Mark.underWay(conditions());
  }

  /** Something must happen first. */
  void waiting(String message) {
    write(written(), List.of(Mark.creating(message), Mark.synced()));
  }

  /** Velero's Backup was made just now; the status waits for Velero's first word. */
  void made(String name) {
    desk.events()
        .normal(backup, EventReason.CreatedExternalResource, "Created Velero's Backup " + name);
  }

  /** Velero's Backup was there already. */
  void adopted(String name, VeleroBackupObservation seen) {
    write(seen, BackupMarks.of(name, seen, true));
    desk.events()
        .normal(
            backup, EventReason.Adopted, "Adopted Velero's Backup " + name + ", which is older");
  }

  /**
   * Velero's Backup as it is.
   *
   * @return whether that was news
   */
  boolean watched(String name, VeleroBackupObservation seen) {
    boolean adopted = !Annotations.of(backup).containsKey(Names.EXTERNAL_CREATE_PENDING);
    return write(seen, BackupMarks.of(name, seen, adopted));
  }

  /** It is over without Velero. */
  void ended(String name, VeleroBackupObservation end) {
    if (write(end, BackupMarks.of(name, end, false))) {
      EventReason reason =
          Names.NOT_STARTED.equals(end.phase())
              ? EventReason.NotStarted
              : EventReason.CannotCreateExternalResource;
      desk.events().warning(backup, reason, String.valueOf(end.failureReason()));
    }
  }

  /** On its way out. */
  boolean deleting(String message, boolean failing) {
    Mark synced = failing ? Mark.failing(message) : Mark.synced();
    return write(written(), List.of(Mark.deleting(message), synced));
  }

  private boolean write(@Nullable VeleroBackupObservation seen, List<Mark> marks) {
    Long generation = backup.getMetadata().getGeneration();
    List<Condition> after = Mark.apply(conditions(), marks, generation, now);
    desk.states().note(User.of(ManagedKind.VeleroBackup, backup), seen != null, after);
    return Statuses.write(context, backup, new VeleroBackupStatus(seen, after, generation), marks);
  }
}
