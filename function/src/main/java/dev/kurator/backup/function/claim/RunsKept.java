package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.syntax.CronSchedule;
import java.time.Duration;

/** How many backups a schedule keeps: one for each run within the time that they are kept. */
public final class RunsKept {

  private static final int MOST_TRIES = 20;

  private RunsKept() {}

  /**
   * How many runs are kept at a time.
   *
   * @param cron a valid schedule
   * @param ttl how long each run is kept
   */
  public static long of(String cron, Duration ttl) {
    return CronSchedule.parse(cron).runsWithin(ttl);
  }

  /**
   * A time so short that at most so many runs are kept, in whole hours, or minutes below one hour.
   *
   * @param cron a valid schedule
   * @param ttl a time in which more runs are kept
   * @param most how many runs there may be
   */
  public static Duration shortened(String cron, Duration ttl, long most) {
    Duration fitting = whole(ttl.dividedBy(Math.max(1, of(cron, ttl))).multipliedBy(most));
    for (int tries = 0; tries < MOST_TRIES && of(cron, fitting) > most; tries++) {
      // Runs are not evenly spread: the average was too bold.
      fitting = whole(fitting.multipliedBy(9).dividedBy(10));
    }
    return fitting;
  }

  private static Duration whole(Duration time) {
    return time.toHours() >= 1
        ? Duration.ofHours(time.toHours())
        : Duration.ofMinutes(Math.max(1, time.toMinutes()));
  }
}
