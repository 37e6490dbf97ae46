package dev.kurator.backup.provider.reconcile;

import java.time.Duration;
import java.util.Optional;

/**
 * What a process saw of one Lease so far. It begins with the process, and knows nothing of what was
 * before.
 *
 * @param looked whether it was looked at at all
 * @param last as it was at the last look or after the last write, empty where there was none
 * @param since when it was first seen so, in nanoseconds of a monotonic clock
 * @param others whether somebody else ever held it
 * @param alive whether somebody else was seen to renew or take it
 */
record LeaseWatch(
    boolean looked, Optional<LeaseSeen> last, long since, boolean others, boolean alive) {

  /** Before the first look. */
  static final LeaseWatch NOTHING = new LeaseWatch(false, Optional.empty(), 0, false, false);

  /**
   * After a look.
   *
   * @param ours whether it is held by this hub
   * @param answered when the answer was there
   */
  LeaseWatch saw(Optional<LeaseSeen> now, boolean ours, long answered) {
    boolean same =
        looked
            && (now.isEmpty() ? last.isEmpty() : last.filter(now.get()::sameRenewal).isPresent());
    boolean theirs = now.isPresent() && !ours;
    return new LeaseWatch(
        true,
        now,
        same ? since : answered,
        others || theirs,
        now.isPresent() && (alive || (looked && theirs && !same)));
  }

  /** After this hub wrote it. */
  LeaseWatch wrote(LeaseSeen written, long answered) {
    return new LeaseWatch(
        true, Optional.of(written), answered, others && written.settling(), false);
  }

  /**
   * For how long nobody renewed it.
   *
   * @param asked when the last look began, in nanoseconds of the same clock
   */
  Duration unchanged(long asked) {
    return looked ? Duration.ofNanos(Math.max(0, asked - since)) : Duration.ZERO;
  }
}
