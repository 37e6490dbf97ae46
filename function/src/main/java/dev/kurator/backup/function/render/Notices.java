package dev.kurator.backup.function.render;

import dev.kurator.backup.function.claim.ClaimId;
import dev.kurator.backup.function.plan.ClaimPhase;
import dev.kurator.backup.function.plan.Earlier;
import dev.kurator.backup.function.render.ClaimCondition.Status;
import java.util.ArrayList;
import java.util.List;

/** What this answer changes, said once: the claim's own status tells what was said before. */
final class Notices {

  private Notices() {}

  static List<Notice> of(
      ClaimId claim,
      Earlier earlier,
      List<ClaimCondition> before,
      Report report,
      List<ClaimCondition> conditions) {
    List<Notice> notices = new ArrayList<>();
    ClaimPhase phase = report.phase();
    if (!phase.isFinal()) {
      // What ends a claim is told once, as its phase.
      conditions.stream()
          .filter(Notices::isBad)
          .filter(now -> !before.contains(now))
          .map(now -> new Notice(true, now.reason(), Summary.cut(now.message())))
          .forEach(notices::add);
    }
    if (phase != ClaimPhase.Pending && phase != earlier.phase()) {
      boolean bad =
          switch (phase) {
            case PartiallyFailed, Failed -> true;
            case Pending, Preparing, Running, BackingUp, Restoring, Scheduled, Completed -> false;
          };
      notices.add(
          new Notice(bad, phase.name(), claim.kind() + " is " + phase + ": " + report.summary()));
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
