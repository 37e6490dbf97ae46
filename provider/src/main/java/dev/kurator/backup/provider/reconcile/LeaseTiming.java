package dev.kurator.backup.provider.reconcile;

import java.time.Duration;

/**
 * How long a hub's Lease on a member counts. All times are those of one process's own monotonic
 * clock: two hubs never compare clocks.
 *
 * @param renewal between two renewals of a Lease that is held
 */
record LeaseTiming(Duration renewal) {

  /** How long after the beginning of its last renewal a hub may write to the member. */
  Duration writing() {
    return renewal.multipliedBy(2);
  }

  /**
   * How long another hub watches a Lease that does not change before it takes it. Longer than
   * {@link #writing} by what a request under way and clocks of different speed may cost.
   */
  Duration stale() {
    return renewal.multipliedBy(3);
  }

  /** Between two looks at what is waited for. */
  Duration look() {
    return renewal.dividedBy(4);
  }
}
