package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.BackupPhase;
import dev.kurator.backup.apis.claim.BackupStatus;
import dev.kurator.backup.function.plan.Earlier;
import dev.kurator.backup.function.render.ClaimCondition.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
    // What ends a claim is told once, as its phase.
    accepted(conditions)
        .filter(now -> now.status() == Status.False && !Outcome.isFinal(phase))
        .filter(now -> !accepted(before).equals(Optional.of(now)))
        .ifPresent(now -> notices.add(new Notice(true, now.reason(), Summary.cut(now.message()))));
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

  private static Optional<ClaimCondition> accepted(List<ClaimCondition> conditions) {
    return conditions.stream()
        .filter(condition -> condition.type().equals(ClaimCondition.ACCEPTED))
        .findFirst();
  }
}
