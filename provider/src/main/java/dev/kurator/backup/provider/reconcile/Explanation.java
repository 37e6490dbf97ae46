package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.provider.velero.Backups;
import dev.kurator.backup.provider.velero.Location;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The last thing told of a VeleroBackup: why Velero counted errors or warnings. */
final class Explanation {

  /** The end of the backup waits that long for the reasons, so that both cost one update. */
  private static final Duration TOGETHER = Duration.ofSeconds(2);

  private static final Duration AGAIN = Duration.ofSeconds(10);

  private final Desk desk;
  private final Reasons reasons;
  private final Pace pace = new Pace();

  Explanation(Desk desk, Reasons reasons) {
    this.desk = desk;
    this.reasons = reasons;
  }

  /** Whether it is all that is left to tell. */
  boolean due(BackupReport report) {
    VeleroBackupObservation written = report.written();
    return written != null
        && Reasons.wanted(written)
        && Annotations.of(report.resource()).containsKey(Names.EXTERNAL_NAME);
  }

  /** Goes on after the end of the backup was told. */
  UpdateControl<VeleroBackup> continued(BackupReport report, Context<VeleroBackup> context) {
    String name = BackupReconciler.shown(report.resource());
    Target target =
        desk.targets()
            .resolve(
                report.user(),
                report.resource().getSpec().providerConfigRef(),
                Set.of(),
                BackupReconciler.objects(name));
    return switch (target) {
      case Target.Connecting connecting -> after(Duration.ofSeconds(5));
      case Target.Unreachable unreachable -> blind(report, name, unreachable.problem());
      case Target.Refused refused -> blind(report, name, refused.problem());
      case Target.Reached reached -> {
        VeleroInstall install = Links.installOf(context, report.resource()).orElse(null);
        Optional<List<String>> words =
            reasons.of(report.user(), source(reached, install, name), report.now());
        yield words.isPresent() ? told(report, name, words.get()) : after(AGAIN);
      }
    };
  }

  private UpdateControl<VeleroBackup> blind(BackupReport report, String name, String problem) {
    Optional<List<String>> words =
        reasons.unreachable(
            report.user(),
            problem,
            name,
            report.resource().getSpec().providerConfigRef().name(),
            report.now());
    return words.isPresent() ? told(report, name, words.get()) : after(AGAIN);
  }

  private UpdateControl<VeleroBackup> told(BackupReport report, String name, List<String> words) {
    VeleroBackupObservation written = report.written();
    if (written != null) {
      report.watched(name, Backups.explained(written, words));
    }
    forget(report.user());
    desk.release(report.user());
    return UpdateControl.noUpdate();
  }

  /** The end of the backup was seen just now: tells it, with the reasons where they come soon. */
  UpdateControl<VeleroBackup> begun(
      BackupReport report,
      Target.Reached reached,
      @Nullable VeleroInstall install,
      BackupStep.Watch watch) {
    User user = report.user();
    Optional<List<String>> words =
        reasons.of(user, source(reached, install, watch.name()), report.now());
    if (words.isEmpty() && pace.passing(user, report.now(), TOGETHER)) {
      return after(TOGETHER);
    }
    report.watched(
        watch.name(),
        words
            .map(known -> Backups.explained(watch.observation(), known))
            .orElse(watch.observation()));
    words.ifPresent(known -> forget(user));
    return words.isPresent() ? UpdateControl.noUpdate() : after(AGAIN);
  }

  /** It is told, or nobody asks any more. */
  void forget(User user) {
    reasons.forget(user);
    pace.forget(user);
  }

  private static Reasons.Source source(
      Target.Reached reached, @Nullable VeleroInstall install, String name) {
    return new Reasons.Source(
        reached,
        name,
        install == null ? "" : Location.name(install.getSpec().forProvider()),
        install != null
            && "true"
                .equals(
                    install
                        .getSpec()
                        .forProvider()
                        .location()
                        .config()
                        .get("insecureSkipTLSVerify")));
  }

  private static UpdateControl<VeleroBackup> after(Duration delay) {
    return UpdateControl.<VeleroBackup>noUpdate().rescheduleAfter(delay);
  }
}
