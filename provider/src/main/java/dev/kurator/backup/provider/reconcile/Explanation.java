package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.provider.velero.Backups;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The last thing told of a VeleroBackup: why Velero counted errors or warnings. */
final class Explanation {

  /** The end of the backup waits that long for the reasons, so that both cost one update. */
  private static final Duration TOGETHER = Duration.ofSeconds(2);

  private static final Duration CONNECTED = Duration.ofSeconds(5);
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
  UpdateControl<VeleroBackup> continued(BackupReport report) {
    String name = report.operation().shownName();
    return switch (report.operation().target(desk)) {
      case Target.Connecting connecting -> after(CONNECTED);
      case Target.Unreachable unreachable -> blind(report, name, unreachable.problem());
      case Target.Refused refused -> blind(report, name, refused.problem());
      case Target.Reached reached -> {
        Optional<List<String>> words =
            reasons.of(report.user(), source(report.footing(reached), name), report.now());
        yield words.isPresent() ? told(report, name, words.get()) : after(AGAIN);
      }
    };
  }

  private UpdateControl<VeleroBackup> blind(BackupReport report, String name, String problem) {
    Optional<List<String>> words =
        reasons.unreachable(
            report.user(), problem, name, report.operation().reference().name(), report.now());
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
  UpdateControl<VeleroBackup> begun(BackupReport report, Footing footing, BackupStep.Watch watch) {
    User user = report.user();
    Optional<List<String>> words = reasons.of(user, source(footing, watch.name()), report.now());
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

  private static Reasons.Source source(Footing footing, String name) {
    VeleroInstall install = footing.install();
    return new Reasons.Source(
        footing.target(),
        name,
        install == null ? "" : footing.location(),
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
