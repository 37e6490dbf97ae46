package dev.kurator.backup.provider.reconcile;

import io.javaoperatorsdk.operator.processing.event.rate.RateLimiter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One bound on the starts of reconciles for all controllers together: each start takes the next
 * free slot, and a short burst is let through.
 */
final class StartRate implements RateLimiter<StartRate.Slot> {

  private static final int BURST_SECONDS = 10;

  private final long interval;
  private final long burst;
  private final LongSupplier nanoClock;
  private long nextFree;

  /** The slot that a waiting resource was given. */
  static final class Slot implements RateLimitState {
    private long at;
    private boolean given;
  }

  /**
   * A new bound.
   *
   * @param perSecond starts per second; ten seconds' worth may start at once
   * @param nanoClock {@link System#nanoTime}
   */
  StartRate(int perSecond, LongSupplier nanoClock) {
    this.interval = Duration.ofSeconds(1).toNanos() / perSecond;
    this.burst = Duration.ofSeconds(BURST_SECONDS).toNanos();
    this.nanoClock = nanoClock;
    this.nextFree = nanoClock.getAsLong() - burst;
  }

  @Override
  public synchronized Optional<Duration> isLimited(RateLimitState state) {
    if (!(state instanceof Slot slot)) {
      return Optional.empty();
    }
    long now = nanoClock.getAsLong();
    if (!slot.given) {
      slot.at = Math.max(nextFree, now - burst);
      nextFree = slot.at + interval;
      slot.given = true;
    }
    if (slot.at <= now) {
      slot.given = false;
      return Optional.empty();
    }
    return Optional.of(Duration.ofNanos(slot.at - now));
  }

  @Override
  public Slot initState() {
    return new Slot();
  }
}
