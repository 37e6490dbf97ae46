package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.BackupPhase;
import dev.kurator.backup.apis.claim.BackupStatus;
import dev.kurator.backup.function.plan.Earlier;
import dev.kurator.backup.function.render.ClaimCondition.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What this answer changes, said once: the claim's own status tells what was said before. */
final class Notices {

  private Notices() {}

  static List<Notice> of(
      Earlier earlier,
      List<ClaimCondition> before,
      BackupStatus status,
      List<ClaimCondition> conditions) {
    List<Notice> notices = new ArrayList<>();
    BackupPhase phase = Objects.requireNonNull(status.phase());
    if (!Outcome.isFinal(phase)) {
      // What ends a claim is told once, as its phase.
      conditions.stream()
          .filter(Notices::isBad)
          .filter(now -> !before.contains(now))
          .map(now -> new Notice(true, now.reason(), Summary.cut(now.message())))
          .forEach(notices::add);
    }
    if (phase != BackupPhase.Pending && phase != earlier.phase()) {
      boolean bad =
          switch (phase) {
            case PartiallyFailed, Failed -> true;
            case Pending, Preparing, Running, Scheduled, Completed -> false;
          };
      notices.add(new Notice(bad, phase.name(), "Backup is " + phase + ": " + status.summary()));
    }
    return notices;
  }

  /** Installed is left out: what is being prepared is not bad news. */
  private static boolean isBad(ClaimCondition condition) {
    return switch (condition.type()) {
      case ClaimCondition.ACCEPTED, ClaimCondition.SUCCEEDED -> condition.status() == Status.False;
      case ClaimCondition.RETENTION_RISK -> condition.status() == Status.True;
      default -> false;
    };
  }
}
