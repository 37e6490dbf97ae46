package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Phases;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a claim says about a VeleroBackup. */
final class BackupReport {

  private static final VeleroBackupObservation UNSEEN = VeleroBackupObservation.inPhase(null);

  private BackupReport() {}

  /**
   * The claim's entry.
   *
   * @param before the entry so far, null if there is none
   * @param awaited what the member's install waits for
   */
  static BackupDetail of(
      Operation operation,
      ObservedBackup backup,
      @Nullable BackupDetail before,
      Optional<String> awaited) {
    VeleroBackupObservation seen = Objects.requireNonNullElse(backup.status().atProvider(), UNSEEN);
    if (seen.phase() == null && before != null && Phases.isTerminal(before.phase())) {
      // A hub restored from its own backup has lost the resource's status, but nothing is undone.
      return before;
    }
    String phase = Phases.orPending(seen.phase());
    return new BackupDetail(
        operation.member(),
        operation.policy(),
        backup.externalName(),
        phase,
        seen.startTimestamp(),
        seen.completionTimestamp(),
        seen.expiration(),
        seen.progress(),
        seen.errors(),
        seen.warnings(),
        seen.failureReason(),
        seen.validationErrors(),
        seen.reasons(),
        null,
        null,
        null,
        List.of(),
        message(phase, new Health(backup.conditions()), awaited));
  }

  private static @Nullable String message(String phase, Health health, Optional<String> awaited) {
    Optional<String> message;
    if (Phases.isTerminal(phase)) {
      // Only its own outcome counts, not that its member is away now.
      message = health.remark();
    } else if (Phases.hasBegun(phase)) {
      // Once Velero works on it, phase and progress say all that is not a failure.
      message = health.failure();
    } else {
      message = health.waitsFor(awaited);
    }
    return message.filter(text -> !text.isEmpty()).orElse(null);
  }
}
