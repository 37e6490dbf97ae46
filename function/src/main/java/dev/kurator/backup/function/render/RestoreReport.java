package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.OperationDetail;
import dev.kurator.backup.apis.claim.RestoreDetail;
import dev.kurator.backup.apis.managed.VeleroRestoreObservation;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Phases;
import dev.kurator.backup.function.plan.SourceBackup;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a claim says about a VeleroRestore. */
final class RestoreReport {

  private static final String PARTIAL = "restored from a PartiallyFailed backup";

  private static final VeleroRestoreObservation UNSEEN =
      new VeleroRestoreObservation(
          null, null, null, null, null, null, null, null, null, List.of(), List.of());

  private RestoreReport() {}

  /**
   * The claim's entry.
   *
   * @param before the entry so far, null if there is none
   * @param source the Backup, as far as it is known
   * @param awaited what the install waits for
   */
  static OperationDetail of(
      Operation operation,
      ObservedRestore restore,
      @Nullable OperationDetail before,
      SourceBackup source,
      Optional<String> awaited) {
    VeleroRestoreObservation seen =
        Objects.requireNonNullElse(restore.status().atProvider(), UNSEEN);
    if (seen.phase() == null && before != null && Phases.isTerminal(before.phase())) {
      // A hub restored from its own backup has lost the resource's status, but nothing is undone.
      return before;
    }
    String phase = Phases.orPending(seen.phase());
    Optional<String> partial =
        isPartial(seen.backupName(), before, source) ? Optional.of(PARTIAL) : Optional.empty();
    String message =
        Stream.of(partial, new Health(restore.conditions()).message(phase, awaited))
            .flatMap(Optional::stream)
            .collect(Collectors.joining("; "));
    return new RestoreDetail(
        operation.member(),
        operation.policy(),
        seen.backupName(),
        seen.backupTimestamp(),
        seen.phase() == null ? null : restore.externalName(),
        phase,
        seen.startTimestamp(),
        seen.completionTimestamp(),
        seen.progress(),
        seen.errors(),
        seen.warnings(),
        seen.failureReason(),
        seen.validationErrors(),
        seen.reasons(),
        message.isEmpty() ? null : message);
  }

  /** The Backup may be gone by now; what has once been said of it stays. */
  private static boolean isPartial(
      @Nullable String backup, @Nullable OperationDetail before, SourceBackup source) {
    return backup != null
        && ((source instanceof SourceBackup.Found found && found.knowsAsPartial(backup))
            || (before != null && told(before).isPresent()));
  }

  /** What an entry says about the backup that it came from, if that had holes. */
  static Optional<String> told(OperationDetail detail) {
    String message = detail.message();
    return message != null && message.startsWith(PARTIAL) ? Optional.of(PARTIAL) : Optional.empty();
  }
}
