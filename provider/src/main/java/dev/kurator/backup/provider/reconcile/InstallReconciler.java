package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.provider.member.MemberApiException;
import dev.kurator.backup.provider.velero.Engine;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps Velero and one storage location on a member. */
final class InstallReconciler implements Reconciler<VeleroInstall>, Cleaner<VeleroInstall> {

  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration AGAIN = Duration.ofSeconds(30);

  /**
   * Shortest time between two messages of a VeleroInstall that comes along: an engine passes many
   * stages in its first seconds, and each write makes the claim reconcile.
   */
  private static final Duration MESSAGES = Duration.ofSeconds(20);

  private final Desk desk;
  private final Passwords passwords;
  private final Clock clock;
  private final InstallWork work;
  private final InstallDeletion deletion;
  private final Pace pace = new Pace();

  InstallReconciler(
      Desk desk, Passwords passwords, InstallWork work, InstallDeletion deletion, Clock clock) {
    this.desk = desk;
    this.passwords = passwords;
    this.work = work;
    this.deletion = deletion;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, VeleroInstall>> prepareEventSources(
      EventSourceContext<VeleroInstall> context) {
    return Stream.concat(Stream.of(desk.triggers().installs()), Links.ends(context)).toList();
  }

  @Override
  public UpdateControl<VeleroInstall> reconcile(
      VeleroInstall install, Context<VeleroInstall> context) {
    return desk.failures().guard(install, () -> reconciled(install, context));
  }

  private UpdateControl<VeleroInstall> reconciled(
      VeleroInstall install, Context<VeleroInstall> context) {
    User user = User.of(ManagedKind.VeleroInstall, install);
    InstallReport unheard = report(install, context);
    VeleroInstallSpec spec = install.getSpec();
    if (Policies.of(install, spec.managementPolicies()).paused()) {
      desk.release(user);
      unheard.paused();
      return UpdateControl.noUpdate();
    }
    Optional<String> unreadable = Unreadable.problem(install);
    if (unreadable.isPresent()) {
      desk.release(user);
      unheard.unreadable(unreadable.get());
      return UpdateControl.noUpdate();
    }
    Target target = resolve(user, install);
    InstallReport report = unheard.of(passwords.compare(user, install));
    return switch (target) {
      case Target.Connecting connecting -> {
        report.upfront(connecting.name());
        yield after(SOON);
      }
      case Target.Unreachable unreachable -> {
        report.cut(unreachable.problem());
        yield UpdateControl.noUpdate();
      }
      case Target.Refused refused -> {
        report.cut(refused.problem());
        yield UpdateControl.noUpdate();
      }
      case Target.Waiting waiting -> {
        report.cut(waiting.problem());
        yield after(AGAIN);
      }
      case Target.OtherHub other -> {
        report.cut(other.problem());
        yield UpdateControl.noUpdate();
      }
      case Target.Reached reached -> reached(report.upfront(reached.name()), reached);
    };
  }

  private InstallReport report(VeleroInstall install, Context<VeleroInstall> context) {
    return new InstallReport(
        desk, context, install, Passwords.Verdict.last(install), clock.instant());
  }

  private Target resolve(User user, VeleroInstall install) {
    VeleroInstallSpec spec = install.getSpec();
    return desk.targets()
        .resolve(user, spec.providerConfigRef(), Set.of(secretOf(install)), objects(install));
  }

  private Target resolveForDeletion(User user, VeleroInstall install) {
    return desk.targets()
        .resolveForDeletion(
            user,
            install.getSpec().providerConfigRef(),
            objects(install),
            InstallRecord.namespace(install));
  }

  private UpdateControl<VeleroInstall> reached(InstallReport first, Target.Reached reached) {
    reached.member().watch(reached.namespace());
    SecretValue credentials = credentials(first.install());
    InstallReport report = credentials instanceof SecretValue.Present ? first.announced() : first;
    VeleroInstall install = report.install();
    InstallWork.Outcome outcome;
    try {
      outcome =
          work.proceed(
              install,
              key -> Links.installsOf(report.context(), key),
              reached,
              credentials,
              report.now());
    } catch (MemberApiException e) {
      if (e.connection()) {
        return after(SOON);
      }
      if (!e.unreadable()) {
        // of one that is, the failure's own text says more
        report.refused(e.text());
      }
      throw e;
    }
    // Outside: what goes wrong while telling the hub is not the member's.
    return tell(report, reached, outcome);
  }

  private UpdateControl<VeleroInstall> tell(
      InstallReport report, Target.Reached reached, InstallWork.Outcome outcome) {
    Optional<String> unwatchable = reached.member().unwatchable();
    if (unwatchable.isPresent() && !(outcome instanceof InstallWork.Outcome.Done)) {
      report.refused("cluster " + reached.name() + " refused: " + unwatchable.get());
      return after(AGAIN);
    }
    return switch (outcome) {
      case InstallWork.Outcome.Blind blind -> after(AT_ONCE);
      case InstallWork.Outcome.Blocked blocked -> {
        report.blocked(blocked.seen(), blocked.problem());
        yield after(AGAIN);
      }
      case InstallWork.Outcome.UnderWay underWay -> {
        Duration left = comesAlong(report, underWay);
        Duration again = reached.member().veleroServed() ? AGAIN : SOON;
        yield after(left.isPositive() && left.compareTo(again) < 0 ? left : again);
      }
      case InstallWork.Outcome.Done done -> {
        pace.forget(report.user());
        report.ready(done.seen(), done.note());
        yield UpdateControl.noUpdate();
      }
    };
  }

  private SecretValue credentials(VeleroInstall install) {
    return desk.secrets()
        .read(secretOf(install), install.getSpec().forProvider().credentials().key());
  }

  /** Tells it, or says how long that must wait still. */
  private Duration comesAlong(InstallReport report, InstallWork.Outcome.UnderWay underWay) {
    User user = report.user();
    Duration left = pace.left(user, report.now());
    if (report.knownUnderWay() && left.isPositive()) {
      return left;
    }
    if (report.underWay(underWay.seen(), underWay.missing())) {
      pace.wrote(user, report.now(), MESSAGES);
    }
    return Duration.ZERO;
  }

  private static SecretName secretOf(VeleroInstall install) {
    return new SecretName(
        install.getMetadata().getNamespace(), install.getSpec().forProvider().credentials().name());
  }

  /** What on the member is worth a look. */
  private static Set<String> objects(VeleroInstall install) {
    return Stream.concat(
            Stream.of("Deployment/" + Engine.DEPLOYMENT, "DaemonSet/" + Engine.DAEMON_SET),
            InstallRecord.location(install).map(name -> "BackupStorageLocation/" + name).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static UpdateControl<VeleroInstall> after(Duration delay) {
    return UpdateControl.<VeleroInstall>noUpdate().rescheduleAfter(delay);
  }

  @Override
  public DeleteControl cleanup(VeleroInstall install, Context<VeleroInstall> context) {
    return desk.failures().guard(install, () -> cleaned(install, context));
  }

  private DeleteControl cleaned(VeleroInstall install, Context<VeleroInstall> context) {
    User user = User.of(ManagedKind.VeleroInstall, install);
    InstallReport report = report(install, context);
    if (Policies.of(install, install.getSpec().managementPolicies()).paused()) {
      report.paused();
      return DeleteControl.noFinalizerRemoval();
    }
    DeleteControl control = deletion.cleanup(report, () -> resolveForDeletion(user, install));
    if (!control.isRemoveFinalizer()
        && desk.terminating()
            .leave(
                install,
                install.getSpec().providerConfigRef(),
                "BackupStorageLocation and Secret " + report.shownLocation(),
                report.now())) {
      control = DeleteControl.defaultDelete();
    }
    if (control.isRemoveFinalizer()) {
      pace.forget(user);
      desk.gone(user, install);
    }
    return Finalizer.release(context, control);
  }
}
