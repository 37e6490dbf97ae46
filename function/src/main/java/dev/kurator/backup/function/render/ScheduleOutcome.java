package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.OperationDetail;
import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.Intent;
import dev.kurator.backup.function.claim.Timing;
import dev.kurator.backup.function.plan.ClaimPhase;
import dev.kurator.backup.function.plan.Decision;
import dev.kurator.backup.function.plan.Plan;
import dev.kurator.backup.function.plan.Shortlist;
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
    ClaimPhase phase, boolean ready, String summary, List<ClaimCondition> conditions)
    implements Outcome {

  private static final String PAUSED = "scheduled; paused, no runs until spec.paused is removed";

  /**
   * Looks at all entries.
   *
   * @param before the claim's phase so far, null if it has none
   * @param claim the claim, if it is valid
   */
  static ScheduleOutcome of(
      Plan plan, List<Entry> entries, @Nullable ClaimPhase before, Optional<Intent> claim) {
    Optional<BackupIntent> intent =
        claim.filter(BackupIntent.class::isInstance).map(BackupIntent.class::cast);
    List<Entry> staying =
        entries.stream().filter(one -> !(one.decision() instanceof Decision.Release)).toList();
    boolean ready = !staying.isEmpty() && staying.stream().allMatch(Entry::ready);
    ClaimPhase phase = phase(plan, before, ready);
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
        summary.of(plan, phase == ClaimPhase.Pending ? List.of() : entries),
        List.of(succeeded(staying), risk(timing, intent, staying)));
  }

  private static ClaimCondition risk(
      Optional<Timing.Scheduled> timing, Optional<BackupIntent> intent, List<Entry> entries) {
    return timing
        .flatMap(when -> intent.map(claim -> RetentionRisk.of(when.cron(), claim, entries)))
        .orElse(
            new ClaimCondition(ClaimCondition.RETENTION_RISK, Status.Unknown, "InvalidClaim", ""));
  }

  private static ClaimPhase phase(Plan plan, @Nullable ClaimPhase before, boolean ready) {
    if (ready || before == ClaimPhase.Scheduled) {
      return ClaimPhase.Scheduled;
    }
    boolean started = before != null && before != ClaimPhase.Pending;
    return started || Outcome.isRendered(plan) ? ClaimPhase.Preparing : ClaimPhase.Pending;
  }

  private static ClaimCondition succeeded(List<Entry> entries) {
    List<String> failed = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (Entry entry : entries) {
      OperationDetail detail = entry.detail();
      String where = detail.clusterName() + "/" + detail.policyName();
      Runs.failed(detail)
          .ifPresent(run -> failed.add(where + ": run " + run.name() + " " + Remarks.ofRun(run)));
      if (Runs.lastEnded(detail).isEmpty()) {
        without.add(where);
      }
    }
    if (!failed.isEmpty()) {
      return succeeded(Status.False, "RunFailed", String.join("; ", Shortlist.of(failed)));
    }
    return entries.isEmpty() || !without.isEmpty()
        ? succeeded(
            Status.Unknown,
            "NoRunYet",
            without.isEmpty() ? "" : "no run has ended yet" + list(without))
        : succeeded(Status.True, "RunsCompleted", "");
  }

  /** Of few: a text that changes with each run of many costs the claim an update each time. */
  private static String list(List<String> few) {
    return Shortlist.of(few).size() == few.size()
        ? ": " + String.join(", ", few)
        : " of some schedules";
  }

  private static ClaimCondition succeeded(Status status, String reason, String message) {
    return new ClaimCondition(ClaimCondition.SUCCEEDED, status, reason, Conditions.cut(message));
  }
}
