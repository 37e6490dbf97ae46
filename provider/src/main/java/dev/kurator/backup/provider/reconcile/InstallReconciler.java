package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.provider.velero.Engine;
import dev.kurator.backup.provider.velero.Location;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Keeps Velero and one storage location on a member. */
final class InstallReconciler implements Reconciler<VeleroInstall>, Cleaner<VeleroInstall> {

  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration AGAIN = Duration.ofSeconds(30);

  private final Desk desk;
  private final Clock clock;
  private final InstallWork work;
  private final InstallDeletion deletion;

  InstallReconciler(Desk desk, InstallWork work, InstallDeletion deletion, Clock clock) {
    this.desk = desk;
    this.work = work;
    this.deletion = deletion;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, VeleroInstall>> prepareEventSources(
      EventSourceContext<VeleroInstall> context) {
    return List.of(desk.triggers().installs(), Links.backupsOfInstalls(context));
  }

  @Override
  public UpdateControl<VeleroInstall> reconcile(
      VeleroInstall install, Context<VeleroInstall> context) {
    User user = User.of(ManagedKind.VeleroInstall, install);
    InstallReport report = new InstallReport(desk, context, install, clock.instant());
    VeleroInstallSpec spec = install.getSpec();
    if (Policies.of(install, spec.managementPolicies()).paused()) {
      desk.release(user);
      report.paused();
      return UpdateControl.noUpdate();
    }
    Target target = resolve(user, install);
    return switch (target) {
      case Target.Connecting connecting -> after(SOON);
      case Target.Unreachable unreachable -> {
        report.cut(unreachable.problem());
        yield UpdateControl.noUpdate();
      }
      case Target.Refused refused -> {
        report.cut(refused.problem());
        yield UpdateControl.noUpdate();
      }
      case Target.Reached reached -> reached(report, reached);
    };
  }

  private Target resolve(User user, VeleroInstall install) {
    VeleroInstallSpec spec = install.getSpec();
    return desk.targets()
        .resolve(user, spec.providerConfigRef(), Set.of(secretOf(install)), objects(install));
  }

  private UpdateControl<VeleroInstall> reached(InstallReport report, Target.Reached reached) {
    VeleroInstall install = report.install();
    reached.member().watch(reached.namespace());
    try {
      InstallWork.Outcome outcome =
          work.proceed(
              report.context(),
              install,
              reached,
              desk.secrets()
                  .read(secretOf(install), install.getSpec().forProvider().credentials().key()),
              report.now());
      return switch (outcome) {
        case InstallWork.Outcome.Blind blind -> after(SOON);
        case InstallWork.Outcome.Blocked blocked -> {
          report.blocked(blocked.seen(), blocked.problem());
          yield after(AGAIN);
        }
        case InstallWork.Outcome.UnderWay underWay -> {
          report.underWay(underWay.seen(), underWay.missing());
          yield after(reached.member().veleroServed() ? AGAIN : SOON);
        }
        case InstallWork.Outcome.Done done -> {
          report.ready(done.seen(), done.note());
          yield UpdateControl.noUpdate();
        }
      };
    } catch (KubernetesClientException e) {
      MemberTrouble trouble = MemberTrouble.of(reached.name(), e);
      if (trouble.connection()) {
        return after(SOON);
      }
      report.blocked(null, trouble.text());
      throw trouble;
    }
  }

  private static SecretName secretOf(VeleroInstall install) {
    return new SecretName(
        install.getMetadata().getNamespace(), install.getSpec().forProvider().credentials().name());
  }

  /** What on the member is worth a look. */
  private static Set<String> objects(VeleroInstall install) {
    return Set.of(
        "Deployment/" + Engine.DEPLOYMENT,
        "DaemonSet/" + Engine.DAEMON_SET,
        "BackupStorageLocation/" + Location.name(install.getSpec().forProvider()));
  }

  private static UpdateControl<VeleroInstall> after(Duration delay) {
    return UpdateControl.<VeleroInstall>noUpdate().rescheduleAfter(delay);
  }

  @Override
  public DeleteControl cleanup(VeleroInstall install, Context<VeleroInstall> context) {
    User user = User.of(ManagedKind.VeleroInstall, install);
    InstallReport report = new InstallReport(desk, context, install, clock.instant());
    if (Policies.of(install, install.getSpec().managementPolicies()).paused()) {
      report.paused();
      return DeleteControl.noFinalizerRemoval();
    }
    DeleteControl control = deletion.cleanup(report, () -> resolve(user, install));
    if (control.isRemoveFinalizer()) {
      desk.release(user);
      desk.states().gone(user);
    }
    return control;
  }
}
