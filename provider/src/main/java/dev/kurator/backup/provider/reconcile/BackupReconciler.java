package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.syntax.GoDuration;
import dev.kurator.backup.provider.velero.BackupPhase;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes one Velero Backup, once, and tells how it goes. */
final class BackupReconciler implements Reconciler<VeleroBackup>, Cleaner<VeleroBackup> {

  /** The net under the watches while something is awaited. */
  static final Duration AGAIN = Duration.ofSeconds(30);

  private static final Duration PROGRESS = Duration.ofSeconds(15);

  /** What a backup waits for is on its VeleroInstall, sooner. */
  private static final Duration MESSAGES = Duration.ofSeconds(60);

  private static final Duration CALM = Duration.ofSeconds(5);

  private final Desk desk;
  private final Clock clock;
  private final BackupDeletion deletion;
  private final Pace pace = new Pace();

  BackupReconciler(Desk desk, Clock clock) {
    this.desk = desk;
    this.clock = clock;
    this.deletion = new BackupDeletion(desk, clock);
  }

  @Override
  public List<EventSource<?, VeleroBackup>> prepareEventSources(
      EventSourceContext<VeleroBackup> context) {
    return List.of(desk.triggers().backups(), Links.installsOfBackups(context));
  }

  @Override
  public UpdateControl<VeleroBackup> reconcile(VeleroBackup backup, Context<VeleroBackup> context) {
    User user = User.of(ManagedKind.VeleroBackup, backup);
    BackupReport report = new BackupReport(desk, context, backup, clock.instant());
    VeleroBackupSpec spec = backup.getSpec();
    if (Policies.of(backup, spec.managementPolicies()).paused()) {
      desk.release(user);
      report.paused();
      return UpdateControl.noUpdate();
    }
    BackupSituation situation = BackupSituation.of(backup, report.now());
    if (BackupDecisions.over(situation.phase())) {
      pace.forget(user);
      desk.release(user);
      report.remember();
      return UpdateControl.noUpdate();
    }
    Target target =
        desk.targets()
            .resolve(user, spec.providerConfigRef(), Set.of(), objects(situation.externalName()));
    return switch (target) {
      case Target.Connecting connecting -> after(Duration.ofSeconds(5));
      case Target.Unreachable unreachable -> blind(report, situation, unreachable.problem());
      case Target.Refused refused -> blind(report, situation, refused.problem());
      case Target.Reached reached -> reached(context, report, user, reached);
    };
  }

  private UpdateControl<VeleroBackup> blind(
      BackupReport report, BackupSituation situation, String problem) {
    BackupStep step = BackupDecisions.decide(situation, new Sight.Blind<>(problem));
    if (step instanceof BackupStep.End end) {
      report.ended(situation.wantedName(), end.observation());
      return UpdateControl.noUpdate();
    }
    report.cut(problem);
    return until(report);
  }

  private UpdateControl<VeleroBackup> reached(
      Context<VeleroBackup> context, BackupReport report, User user, Target.Reached reached) {
    reached.member().watch(reached.namespace());
    VeleroInstall install = Links.installOf(context, report.resource()).orElse(null);
    BackupWork work =
        new BackupWork(report.resource(), footing(desk, report.resource(), install, reached));
    try {
      BackupWork.Result result =
          work.proceed(
              (resource, annotations) -> Annotations.write(context, resource, annotations),
              report.now());
      BackupReport current = report.of(result.backup());
      return switch (result.step()) {
        case BackupStep.Rest rest -> UpdateControl.noUpdate();
        case BackupStep.Wait wait -> {
          Duration calm = calm(current, current.created());
          if (current.known() || !calm.isPositive()) {
            waits(current, user, wait.message());
            yield until(current);
          }
          yield after(calm);
        }
        case BackupStep.Create create -> {
          current.made("Backup " + create.name());
          yield after(CALM);
        }
        case BackupStep.Adopt adopt -> {
          current.adopted(adopt.name(), adopt.observation());
          yield after(AGAIN);
        }
        case BackupStep.Watch watch -> watch(current, user, reached, watch);
        case BackupStep.End end -> {
          current.ended(work.shownName(), end.observation());
          yield UpdateControl.noUpdate();
        }
      };
    } catch (MemberTrouble trouble) {
      if (trouble.connection()) {
        return after(Duration.ofSeconds(5));
      }
      report.refused(trouble.text());
      throw trouble;
    }
  }

  /** What most likely passes at once is not worth an update of the claim. */
  private static Duration calm(BackupReport report, Instant since) {
    return Duration.between(report.now(), since.plus(CALM));
  }

  private static Instant announced(BackupReport report) {
    String pending = Annotations.of(report.resource()).get(Names.EXTERNAL_CREATE_PENDING);
    return pending == null ? Instant.EPOCH : Instant.parse(pending);
  }

  private void waits(BackupReport report, User user, String message) {
    if (!report.knownWaiting() || pace.left(user, report.now()).isZero()) {
      report.waiting(message);
      pace.wrote(user, report.now(), MESSAGES);
    }
  }

  private UpdateControl<VeleroBackup> watch(
      BackupReport report, User user, Target.Reached reached, BackupStep.Watch watch) {
    VeleroBackupObservation seen = watch.observation();
    Duration calm = calm(report, announced(report));
    if (report.written() == null
        && BackupPhase.of(seen.phase()) == BackupPhase.Waiting
        && calm.isPositive()) {
      return after(calm);
    }
    Duration wait = pace.wait(user, report.written(), seen, report.now());
    if (wait.isPositive()) {
      String name = watch.name();
      Instant due = report.now().plus(wait);
      desk.uses()
          .quiet(user, () -> clock.instant().isBefore(due) && BackupLook.same(reached, name, seen));
      return after(wait);
    }
    if (report.watched(watch.name(), seen)) {
      pace.wrote(user, report.now(), interval(report));
    }
    return BackupDecisions.over(seen.phase()) ? UpdateControl.noUpdate() : after(AGAIN);
  }

  private static Duration interval(BackupReport report) {
    return GoDuration.parse(report.resource().getSpec().forProvider().progressInterval(), PROGRESS);
  }

  /** What the backup stands on. */
  static Footing footing(
      Desk desk, VeleroBackup backup, @Nullable VeleroInstall install, Target.Reached target) {
    VeleroBackupSpec spec = backup.getSpec();
    return new Footing(
        desk, spec.forProvider().installName(), spec.providerConfigRef(), install, target);
  }

  /** What on the member is worth a look. */
  static Set<String> objects(@Nullable String externalName) {
    return externalName == null ? Set.of() : Set.of("Backup/" + externalName);
  }

  private static UpdateControl<VeleroBackup> until(BackupReport report) {
    Duration left =
        Duration.between(report.now(), BackupSituation.deadline(report.resource())).plusSeconds(1);
    return after(left.isPositive() && left.compareTo(AGAIN) < 0 ? left : AGAIN);
  }

  private static UpdateControl<VeleroBackup> after(Duration delay) {
    return UpdateControl.<VeleroBackup>noUpdate().rescheduleAfter(delay);
  }

  @Override
  public DeleteControl cleanup(VeleroBackup backup, Context<VeleroBackup> context) {
    User user = User.of(ManagedKind.VeleroBackup, backup);
    DeleteControl control = deletion.cleanup(user, backup, context);
    if (control.isRemoveFinalizer()) {
      pace.forget(user);
      desk.release(user);
      desk.states().gone(user);
    }
    return control;
  }

  /** Whether Velero's Backup was there at all, for the name of the object in messages. */
  static String shown(VeleroBackup backup) {
    return Annotations.of(backup)
        .getOrDefault(Names.EXTERNAL_NAME, backup.getSpec().forProvider().name());
  }
}
