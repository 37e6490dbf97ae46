package dev.kurator.backup.provider.reconcile;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which of several hubs with one id may work on a member. No clock, no I/O. */
final class LeaseDecisions {

  private LeaseDecisions() {}

  /**
   * What is known when it is decided.
   *
   * @param own what this process writes as holder
   * @param earlier this hub's terms before this process, each with its last round
   * @param watch what this process saw, the last look included
   * @param unchanged for how long it saw that nobody renewed it
   * @param remembered whether another hub was seen at work there before this process
   * @param named the holder that the registration allows to take over from
   */
  record Situation(
      LeaseHolder own,
      Map<String, Long> earlier,
      LeaseWatch watch,
      Duration unchanged,
      boolean remembered,
      @Nullable String named) {}

  /** What to do next. */
  static LeaseStep decide(Situation now, LeaseTiming timing) {
    Optional<LeaseSeen> last = now.watch().last();
    if (last.isEmpty()) {
      // somebody may have deleted it under its holder, who finds out with his next renewal
      boolean contested = now.watch().others() || now.remembered();
      return new LeaseStep.Create(contested ? timing.stale() : Duration.ZERO);
    }
    LeaseSeen seen = last.get();
    if (seen.holder().equals(now.own().toString())) {
      return new LeaseStep.Renew();
    }
    if (isPredecessor(seen, now.own(), now.earlier())) {
      return new LeaseStep.TakeOver(seen.settling() ? timing.stale() : Duration.ZERO);
    }
    Duration left = timing.stale().minus(now.unchanged());
    Duration settling = left.isNegative() ? Duration.ZERO : left;
    if (seen.holder().isEmpty() || seen.holder().equals(now.named())) {
      return new LeaseStep.TakeOver(settling);
    }
    if (now.watch().alive() || now.remembered()) {
      return new LeaseStep.Refuse(seen.holder());
    }
    return settling.isZero()
        ? new LeaseStep.TakeOver(Duration.ZERO)
        : new LeaseStep.Wait(seen.holder());
  }

  /** Whether this hub holds it, in this or an earlier term. */
  static boolean isOurs(LeaseSeen seen, LeaseHolder own, Map<String, Long> earlier) {
    return seen.holder().equals(own.toString()) || isPredecessor(seen, own, earlier);
  }

  /**
   * A term that this hub remembers, and no later than it remembers. A copy of this hub, from a
   * snapshot, remembers the terms before the snapshot too; but the hub itself went on.
   */
  private static boolean isPredecessor(LeaseSeen seen, LeaseHolder own, Map<String, Long> earlier) {
    return LeaseHolder.parse(seen.holder())
        .filter(holder -> holder.hub().equals(own.hub()))
        .map(holder -> earlier.get(holder.term()))
        .filter(round -> seen.round() >= 0 && seen.round() <= round)
        .isPresent();
  }
}
