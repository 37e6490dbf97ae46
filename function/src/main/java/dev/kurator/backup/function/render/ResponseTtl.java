package dev.kurator.backup.function.render;

import dev.kurator.backup.function.plan.ClaimPhase;
import java.time.Duration;

/**
 * After how long Crossplane asks the function again about a claim if no event makes it ask earlier.
 *
 * <p>While Crossplane's circuit breaker is open for a claim, it drops the events of its watches, a
 * user's edit too, and the ttl of the last answer stays in force. So every answer must have a ttl
 * that is short enough for the breaker to open right after it.
 *
 * @param phase the claim's phase in this answer
 * @param awaitsEdit whether only an edit of the claim helps, while it is Pending
 * @param deletesData whether deleting the claim would delete backup data, as the claim is written
 *     or as any of its managed resources is
 * @param responsive false while Crossplane says that its circuit breaker is open
 * @param resources how many managed resources the claim has
 */
record ResponseTtl(
    ClaimPhase phase, boolean awaitsEdit, boolean deletesData, boolean responsive, int resources) {

  /** An edit of a claim at work, or of a schedule, is acted on within this time. */
  static final Duration EDIT = Duration.ofSeconds(30);

  /** An edit that is to save backup data from deletion, or the edit of a claim that needs one. */
  static final Duration EDIT_AT_REST = Duration.ofSeconds(60);

  /** Crossplane adds to every ttl, or takes from it, up to so much. */
  static final int JITTER_PERCENT = 10;

  /** What one reconcile of a claim costs Crossplane for each managed resource, about. */
  static final Duration RECONCILE_PER_RESOURCE = Duration.ofMillis(5);

  /** Reconciles of a large claim take about one part in so many of the time. */
  private static final int SHARE = 5;

  /** At work, or when something is awaited: what is missed by a dropped event shows this soon. */
  static final Duration AT_WORK = Duration.ofSeconds(10);

  /** {@link #EDIT} less jitter and some seconds for the reconcile. */
  static final Duration AT_WORK_AT_MOST = Duration.ofSeconds(25);

  /** {@link #EDIT_AT_REST} less jitter. */
  static final Duration AT_REST = Duration.ofSeconds(54);

  /** {@link #EDIT_AT_REST} less jitter and some seconds for the reconcile. */
  static final Duration WITH_DELETION = Duration.ofSeconds(50);

  /** Nothing about a claim that has ended can change, but for what is done to it by hand. */
  static final Duration ENDED = Duration.ofMinutes(10);

  /**
   * With more managed resources Crossplane's resync alone can open the breaker: it has a bucket of
   * 100 tokens, and an update event of each managed resource takes two of them. The rest is for the
   * updates of the claim itself.
   */
  static final int RESOURCES_OF_A_QUIET_RESYNC = 40;

  /** Whole seconds. */
  Duration duration() {
    if (phase.isFinal()) {
      return deletesData ? within(EDIT_AT_REST, WITH_DELETION) : ENDED;
    }
    Duration ttl = isAtRest() ? atRest() : atWork();
    return deletesData ? shorter(ttl, within(EDIT_AT_REST, WITH_DELETION)) : ttl;
  }

  private boolean isAtRest() {
    return phase == ClaimPhase.Scheduled || (phase == ClaimPhase.Pending && awaitsEdit);
  }

  private Duration atRest() {
    return !responsive || resources > RESOURCES_OF_A_QUIET_RESYNC
        ? within(EDIT, AT_WORK_AT_MOST)
        : AT_REST;
  }

  private Duration atWork() {
    Duration affordable = reconcile().multipliedBy(SHARE);
    return affordable.compareTo(AT_WORK) <= 0
        ? AT_WORK
        : wholeSeconds(shorter(affordable, within(EDIT, AT_WORK_AT_MOST)));
  }

  private Duration reconcile() {
    return RECONCILE_PER_RESOURCE.multipliedBy(resources);
  }

  /** The longest ttl that, lengthened by jitter and a reconcile before it, ends in time. */
  private Duration within(Duration promised, Duration atMost) {
    Duration left = promised.minus(reconcile()).multipliedBy(100).dividedBy(100 + JITTER_PERCENT);
    return wholeSeconds(shorter(left.compareTo(AT_WORK) < 0 ? AT_WORK : left, atMost));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration wholeSeconds(Duration duration) {
    return Duration.ofSeconds(duration.toSeconds());
  }
}
