package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.apis.syntax.GoDuration;
import dev.kurator.backup.provider.velero.BackupPhase;
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
final class BackupReconciler extends OperationReconciler<VeleroBackup, BackupReport> {

  private static final Duration PROGRESS = Duration.ofSeconds(15);

  private final BackupDeletion deletion;
  private final Explanation explanation;

  BackupReconciler(Desk desk, Reasons reasons, Duration calm, Clock clock) {
    super(desk, calm, clock);
    this.explanation = new Explanation(desk, reasons);
    this.deletion = new BackupDeletion(desk);
  }

  @Override
  public List<EventSource<?, VeleroBackup>> prepareEventSources(
      EventSourceContext<VeleroBackup> context) {
    return List.of(desk().triggers().backups(), Links.installsOfBackups(context));
  }

  @Override
  BackupReport report(VeleroBackup backup, Context<VeleroBackup> context, Instant now) {
    return new BackupReport(desk(), context, backup, now);
  }

  @Override
  Optional<UpdateControl<VeleroBackup>> withoutMember(BackupReport report) {
    if (explanation.due(report)) {
      return Optional.of(explanation.continued(report));
    }
    if (!BackupDecisions.over(report.situation().phase())) {
      return Optional.empty();
    }
    pace().forget(report.user());
    desk().release(report.user());
    report.remember();
    return Optional.of(UpdateControl.noUpdate());
  }

  @Override
  UpdateControl<VeleroBackup> blind(BackupReport report, String problem) {
    BackupStep step = BackupDecisions.decide(report.situation(), new Sight.Blind<>(problem));
    if (step instanceof BackupStep.End end) {
      report.ended(report.operation().wantedName(), end.observation());
      return UpdateControl.noUpdate();
    }
    report.cut(problem);
    return after(patience(report));
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
      case BackupStep.Watch watch -> watch(current, footing, watch);
      case BackupStep.End end -> {
        current.ended(current.operation().shownName(), end.observation());
        yield UpdateControl.noUpdate();
      }
    };
  }

  private UpdateControl<VeleroBackup> watch(
      BackupReport report, Footing footing, BackupStep.Watch watch) {
    VeleroBackupObservation seen = watch.observation();
    if (Reasons.wanted(seen)) {
      return explanation.begun(report, footing, watch);
    }
    Duration left = calmLeft(report, announced(report));
    if (report.written() == null
        && BackupPhase.of(seen.phase()) == BackupPhase.Waiting
        && left.isPositive()) {
      return after(left);
    }
    Duration wait = pace().wait(report.user(), report.written(), seen, report.now());
    if (wait.isPositive()) {
      Instant due = report.now().plus(wait);
      desk()
          .uses()
          .quiet(
              report.user(),
              () -> now().isBefore(due) && BackupLook.same(footing.target(), watch.name(), seen));
      return after(wait);
    }
    if (report.watched(watch.name(), seen)) {
      pace().wrote(report.user(), report.now(), interval(report));
    }
    return BackupDecisions.over(seen.phase()) ? UpdateControl.noUpdate() : after(AGAIN);
  }

  private static Instant announced(BackupReport report) {
    String pending = Annotations.of(report.resource()).get(Names.EXTERNAL_CREATE_PENDING);
    return pending == null ? Instant.EPOCH : Instant.parse(pending);
  }

  private static Duration interval(BackupReport report) {
    return GoDuration.parse(report.resource().getSpec().forProvider().progressInterval(), PROGRESS);
  }

  /** Until it is too late to begin, where that is soon. */
  @Override
  Duration patience(BackupReport report) {
    Duration left =
        Duration.between(report.now(), BackupSituation.deadline(report.resource())).plusSeconds(1);
    return left.isPositive() && left.compareTo(AGAIN) < 0 ? left : AGAIN;
  }

  @Override
  DeleteControl delete(BackupReport report, String name) {
    return deletion.step(report);
  }

  @Override
  void forget(User user) {
    explanation.forget(user);
  }
}
