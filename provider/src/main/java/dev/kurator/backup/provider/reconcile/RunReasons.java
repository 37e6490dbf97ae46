package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.claim.BackupRun;
import dev.kurator.backup.apis.managed.VeleroScheduleObservation;
import dev.kurator.backup.provider.velero.VeleroKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why the newest run of a schedule that has errors or warnings has them. They are fetched once for
 * each such run, and kept in the status; no older run's, so that the status stays small.
 */
final class RunReasons {

  /** The end of a run waits that long for the reasons, so that both cost one update. */
  private static final Duration TOGETHER = Duration.ofSeconds(2);

  private final Reasons reasons;
  private final Pace pace = new Pace();

  RunReasons(Reasons reasons) {
    this.reasons = reasons;
  }

  /**
   * What there is to tell.
   *
   * @param pending whether the reasons are under way still
   * @param early whether that began just now: they most likely come at once
   */
  record Told(VeleroScheduleObservation seen, boolean pending, boolean early) {}

  /**
   * Adds the reasons, where they are known.
   *
   * @param written what the status says now
   */
  Told of(
      User user,
      Footing footing,
      @Nullable VeleroScheduleObservation written,
      VeleroScheduleObservation seen,
      Instant now) {
    Optional<BackupRun> troubled = ScheduleRuns.troubled(seen);
    if (troubled.isEmpty()) {
      forget(user);
      return new Told(seen, false, false);
    }
    String name = troubled.get().name();
    List<String> known = written == null ? List.of() : ScheduleRuns.reasons(written, name);
    Optional<List<String>> words =
        known.isEmpty()
            ? reasons.of(user, ReasonsSource.of(footing, VeleroKind.Backup, name), now)
            : Optional.of(known);
    if (words.isEmpty()) {
      return new Told(seen, true, pace.passing(user, now, TOGETHER));
    }
    pace.forget(user);
    return new Told(ScheduleRuns.explained(seen, name, words.get()), false, false);
  }

  /** They are written, or nobody asks any more. */
  void forget(User user) {
    reasons.forget(user);
    pace.forget(user);
  }
}
