package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.claim.BackupPhase;
import dev.kurator.backup.apis.claim.BackupStatus;
import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.Verdict;
import dev.kurator.backup.function.plan.Decision;
import dev.kurator.backup.function.plan.Obstacle.Reason;
import dev.kurator.backup.function.plan.Plan;
import dev.kurator.backup.function.plan.Situation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Renders a plan. */
public final class Renderer {

  private static final Duration WAITING = Duration.ofSeconds(10);
  private static final Duration WORKING = Duration.ofSeconds(60);
  private static final Duration FINAL = Duration.ofMinutes(10);

  private Renderer() {}

  /**
   * Renders a plan.
   *
   * @param situation what the plan was made for
   * @param plan the plan
   * @param observed the claim's managed resources as they are
   * @param before the claim's conditions as they are
   * @return the same rendering for the same arguments
   */
  public static Rendering render(
      Situation situation, Plan plan, Observed observed, List<ClaimCondition> before) {
    Optional<BackupIntent> intent =
        switch (situation.verdict()) {
          case Verdict.Valid valid -> Optional.of(valid.intent());
          case Verdict.Invalid _ -> Optional.empty();
        };
    SortedMap<String, Composed> resources =
        ManagedResources.of(situation.claim(), intent, plan, observed);
    String startDeadline = intent.map(BackupIntent::startDeadline).orElse("its start deadline");
    List<BackupDetail> details = Details.of(plan, observed, situation.earlier(), startDeadline);
    BackupPhase phase = Outcome.of(plan, details, situation.earlier().started());
    if (phase == BackupPhase.Pending) {
      // Nothing has begun anywhere: what is in the way concerns the claim.
      details = List.of();
    }
    BackupStatus status = new BackupStatus(phase, Summary.of(plan, details), details);
    List<ClaimCondition> conditions = Conditions.of(plan, status, resources, observed);
    return new Rendering(
        resources,
        status,
        conditions,
        phase == BackupPhase.Completed,
        Notices.of(situation.earlier(), before, status, conditions),
        ttl(plan, phase));
  }

  /** Members are not watched for us, so what waits for one must be asked for again soon. */
  private static Duration ttl(Plan plan, BackupPhase phase) {
    if (Outcome.isFinal(phase)) {
      return FINAL;
    }
    boolean invalid =
        plan.obstacles().stream().anyMatch(one -> one.reason() == Reason.InvalidClaim);
    boolean waiting =
        phase == BackupPhase.Pending
            || plan.decisions().stream().anyMatch(one -> one instanceof Decision.Hold);
    return waiting && !invalid ? WAITING : WORKING;
  }
}
