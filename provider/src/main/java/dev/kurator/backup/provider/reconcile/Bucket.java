package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.reconcile.ClaimBudget.Allowance;
import java.time.Duration;
import java.time.Instant;

/** The tokens of Crossplane's circuit breaker for one claim, counted along (internal/circuit). */
final class Bucket {

  /** As long a breaker that has opened stays open. */
  private static final Duration OPEN = Duration.ofMinutes(5);

  /** Where every batch begins near the brim, no error of the counting outlives one batch. */
  private static final double NEARLY = 0.9;

  private final Allowance allowance;
  private double tokens;

  /** Taken already for what was granted and has not been seen. */
  private double promised;

  private Instant counted;
  private Instant openUntil = Instant.MIN;

  /**
   * A full bucket.
   *
   * @param spent how many tokens are gone already
   */
  Bucket(Allowance allowance, double spent, Instant now) {
    this.allowance = allowance;
    this.tokens = Math.max(0, allowance.burst() - spent);
    this.counted = now;
  }

  /** Something happened; what was promised pays first. */
  void spend(double cost, Instant now) {
    refill(now);
    if (isOpen(now)) {
      return;
    }
    double kept = Math.min(promised, cost);
    promised -= kept;
    tokens -= cost - kept;
    if (tokens < 0) {
      tokens = 0;
      openUntil = now.plus(OPEN);
    }
  }

  /**
   * Takes what something granted will cost; what was promised before and never seen comes back.
   *
   * @param seen of it what will be told to {@link #spend} as it happens
   * @param unseen what nobody tells
   */
  void promise(double seen, double unseen, Instant now) {
    tokens = left(now) - seen - unseen;
    promised = seen;
  }

  /** How many there are, with those that were promised and never taken. */
  double left(Instant now) {
    refill(now);
    return Math.min(allowance.burst(), tokens + promised);
  }

  boolean isNearlyFull(Instant now) {
    return left(now) >= NEARLY * allowance.burst();
  }

  boolean isHalfEmpty(double left) {
    return left < allowance.burst() / 2;
  }

  /** Whether Crossplane has stopped listening. */
  boolean isOpen(Instant now) {
    return now.isBefore(openUntil);
  }

  private void refill(Instant now) {
    double seconds = Math.max(0, Duration.between(counted, now).toMillis() / 1000.0);
    tokens = Math.min(allowance.burst(), tokens + allowance.perSecond() * seconds);
    counted = now;
  }
}
