package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.claim.BackupPhase;
import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.Timing;
import dev.kurator.backup.function.plan.Decision;
import dev.kurator.backup.function.plan.Plan;
import dev.kurator.backup.function.render.ClaimCondition.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Of a Backup that is taken again and again. It is never over, so its runs show in a condition and
 * its phase only says whether every schedule has been in place once.
 *
 * @param phase where it stands
 * @param ready whether every schedule is in place now
 * @param summary the state of all members in one line
 * @param conditions Succeeded and RetentionRisk
 */
record ScheduleOutcome(
    BackupPhase phase, boolean ready, String summary, List<ClaimCondition> conditions)
    implements Outcome {

  private static final String PAUSED = "scheduled; paused, no runs until spec.paused is removed";

  /**
   * Looks at all entries.
   *
   * @param before the claim's phase so far, null if it has none
   * @param intent the claim, if it is valid
   */
  static ScheduleOutcome of(
      Plan plan, List<Entry> entries, @Nullable BackupPhase before, Optional<BackupIntent> intent) {
    List<Entry> staying =
        entries.stream().filter(one -> !(one.decision() instanceof Decision.Release)).toList();
    boolean ready = !staying.isEmpty() && staying.stream().allMatch(Entry::ready);
    BackupPhase phase = phase(plan, before, ready);
    Optional<Timing.Scheduled> timing =
        intent
            .map(BackupIntent::timing)
            .filter(Timing.Scheduled.class::isInstance)
            .map(Timing.Scheduled.class::cast);
    Summary summary =
        new Summary(
            timing.filter(Timing.Scheduled::paused).map(_ -> PAUSED).orElse("scheduled"),
            Entry::ready,
            Remarks::ofSchedule);
    return new ScheduleOutcome(
        phase,
        ready,
        summary.of(plan, phase == BackupPhase.Pending ? List.of() : entries),
        List.of(succeeded(staying), risk(timing, intent, staying)));
  }

  private static ClaimCondition risk(
      Optional<Timing.Scheduled> timing, Optional<BackupIntent> intent, List<Entry> entries) {
    return timing
        .flatMap(when -> intent.map(claim -> RetentionRisk.of(when.cron(), claim, entries)))
        .orElse(
            new ClaimCondition(ClaimCondition.RETENTION_RISK, Status.Unknown, "InvalidClaim", ""));
  }

  private static BackupPhase phase(Plan plan, @Nullable BackupPhase before, boolean ready) {
    if (ready || before == BackupPhase.Scheduled) {
      return BackupPhase.Scheduled;
    }
    boolean started = before != null && before != BackupPhase.Pending;
    return started || Outcome.isRendered(plan) ? BackupPhase.Preparing : BackupPhase.Pending;
  }

  private static ClaimCondition succeeded(List<Entry> entries) {
    List<String> failed = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (Entry entry : entries) {
      BackupDetail detail = entry.detail();
      String where = detail.clusterName() + "/" + detail.policyName();
      Runs.failed(detail)
          .ifPresent(run -> failed.add(where + ": run " + run.name() + " " + Remarks.ofRun(run)));
      if (Runs.lastEnded(detail).isEmpty()) {
        without.add(where);
      }
    }
    if (!failed.isEmpty()) {
      return succeeded(Status.False, "RunFailed", String.join("; ", Summary.limited(failed)));
    }
    return entries.isEmpty() || !without.isEmpty()
        ? succeeded(
            Status.Unknown,
            "NoRunYet",
            without.isEmpty()
                ? ""
                : "no run has ended yet: " + String.join(", ", Summary.limited(without)))
        : succeeded(Status.True, "RunsCompleted", "");
  }

  private static ClaimCondition succeeded(Status status, String reason, String message) {
    return new ClaimCondition(ClaimCondition.SUCCEEDED, status, reason, Conditions.cut(message));
  }
}
