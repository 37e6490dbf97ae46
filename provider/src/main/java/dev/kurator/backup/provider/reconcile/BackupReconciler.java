package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes one Velero Backup, once, and tells how it goes. */
final class BackupReconciler
    extends OneTimeReconciler<VeleroBackup, VeleroBackupObservation, BackupReport> {

  private final BackupDeletion deletion;

  BackupReconciler(Desk desk, Reasons reasons, Duration calm, Clock clock) {
    super(desk, reasons, calm, clock);
    this.deletion = new BackupDeletion(desk);
  }

  @Override
  public List<EventSource<?, VeleroBackup>> prepareEventSources(
      EventSourceContext<VeleroBackup> context) {
    return List.of(desk().triggers().backups(), Links.installs(context, Links.BACKUPS));
  }

  @Override
  BackupReport report(VeleroBackup backup, Context<VeleroBackup> context, Instant now) {
    return new BackupReport(desk(), context, backup, now);
  }

  @Override
  Optional<VeleroBackupObservation> endBlindly(BackupReport report, String problem) {
    return BackupDecisions.decide(report.situation(), new Sight.Blind<>(problem))
            instanceof BackupStep.End(var end)
        ? Optional.of(end)
        : Optional.empty();
  }

  @Override
  UpdateControl<VeleroBackup> reached(BackupReport report, Footing footing) {
    BackupWork.Result result =
        new BackupWork(report.resource(), footing, report::annotate).proceed(report.now());
    BackupReport current = report.of(result.backup());
    return switch (result.step()) {
      case BackupStep.Rest rest -> UpdateControl.noUpdate();
      case BackupStep.Wait wait -> waits(current, wait.message());
      case BackupStep.Create create -> {
        current.made("Backup " + create.name());
        yield after(calm());
      }
      case BackupStep.Adopt adopt -> {
        current.adopted(adopt.name(), adopt.observation());
        yield after(AGAIN);
      }
      case BackupStep.Watch watch -> watch(current, footing, watch.name(), watch.observation());
      case BackupStep.End end -> {
        current.ended(end.observation());
        yield UpdateControl.noUpdate();
      }
    };
  }

  @Override
  DeleteControl delete(BackupReport report, String name) {
    return deletion.step(report);
  }
}
