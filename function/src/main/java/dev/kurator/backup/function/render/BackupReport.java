package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.claim.OperationDetail;
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
   * @param awaited what the install waits for
   */
  static OperationDetail of(
      Operation operation,
      ObservedBackup backup,
      @Nullable OperationDetail before,
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
        seen.phase() == null ? null : backup.externalName(),
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
        new Health(backup.conditions()).message(phase, awaited).orElse(null));
  }
}
