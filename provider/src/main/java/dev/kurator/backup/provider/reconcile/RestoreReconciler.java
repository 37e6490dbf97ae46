package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroRestore;
import dev.kurator.backup.apis.managed.VeleroRestoreObservation;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs one Velero Restore, once, of a Backup that it chooses once, and tells how it goes. */
final class RestoreReconciler
    extends OneTimeReconciler<VeleroRestore, VeleroRestoreObservation, RestoreReport> {

  private final RestoreDeletion deletion;

  RestoreReconciler(Desk desk, Reasons reasons, Duration calm, Clock clock) {
    super(desk, reasons, calm, clock);
    this.deletion = new RestoreDeletion(desk);
  }

  @Override
  public List<EventSource<?, VeleroRestore>> prepareEventSources(
      EventSourceContext<VeleroRestore> context) {
    return List.of(desk().triggers().restores(), Links.installs(context, Links.RESTORES));
  }

  @Override
  RestoreReport report(VeleroRestore restore, Context<VeleroRestore> context, Instant now) {
    return new RestoreReport(desk(), context, restore, now);
  }

  @Override
  Optional<VeleroRestoreObservation> endBlindly(RestoreReport report, String problem) {
    return RestoreDecisions.decide(report.situation(), new RestoreSight.Blind(problem))
            instanceof RestoreStep.End(var end, var note)
        ? Optional.of(end)
        : Optional.empty();
  }

  @Override
  UpdateControl<VeleroRestore> reached(RestoreReport report, Footing footing) {
    if (report.situation().phase() == null) {
      // before the look, or what comes meanwhile would not be heard of
      expect(report, footing);
    }
    RestoreWork.Result result =
        new RestoreWork(report.resource(), footing, report::annotate).proceed(report.now());
    RestoreReport current = report.of(result.restore());
    return switch (result.step()) {
      case RestoreStep.Rest rest -> UpdateControl.noUpdate();
      case RestoreStep.Wait wait -> waits(current, wait.message());
      case RestoreStep.Create create -> {
        current.made(
            "Restore "
                + create.marker().restoreName()
                + " from Backup "
                + create.marker().choice().backupName());
        yield after(calm());
      }
      case RestoreStep.Adopt adopt -> {
        current.adopted(adopt.name(), adopt.observation());
        yield after(AGAIN);
      }
      case RestoreStep.Watch watch -> watch(current, footing, watch.name(), watch.observation());
      case RestoreStep.End end -> {
        current.ended(end.observation());
        yield UpdateControl.noUpdate();
      }
    };
  }

  /**
   * A Backup may be waited for: Velero touches its location each time it has looked for new ones.
   */
  private void expect(RestoreReport report, Footing footing) {
    Set<String> objects = new HashSet<>();
    objects.add(VeleroKind.Restore + "/" + report.operation().shownName());
    if (footing.install() != null) {
      objects.add(VeleroKind.BackupStorageLocation + "/" + footing.location());
    }
    String backup = report.resource().getSpec().forProvider().backupName();
    if (backup != null) {
      objects.add(VeleroKind.Backup + "/" + backup);
    }
    desk().uses().objects(report.user(), objects);
  }

  @Override
  DeleteControl delete(RestoreReport report, String name) {
    return deletion.step(report, name);
  }
}
