package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.OperationObservation;
import dev.kurator.backup.provider.velero.VeleroPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how often progress and messages are written: each write of a status makes its claim
 * reconcile, and nobody reads progress by the second. A change of phase, condition or outcome never
 * waits.
 */
final class Pace {

  private final Map<User, Instant> next = new ConcurrentHashMap<>();
  private final Map<User, Instant> since = new ConcurrentHashMap<>();

  /**
   * How long a write must wait still.
   *
   * @param written what the status says now, null where it says nothing
   * @return zero where it is due: the first, and every change between waiting, work and an end
   */
  Duration wait(
      User user, @Nullable OperationObservation written, OperationObservation seen, Instant now) {
    if (written == null || VeleroPhase.of(written.phase()) != VeleroPhase.of(seen.phase())) {
      return Duration.ZERO;
    }
    return left(user, now);
  }

  /** How long what is no more than another message must wait still; zero where it is due. */
  Duration left(User user, Instant now) {
    Instant due = next.getOrDefault(user, now);
    return due.isAfter(now) ? Duration.between(now, due) : Duration.ZERO;
  }

  /** A status was written; progress or another message may follow after the interval. */
  void wrote(User user, Instant now, Duration interval) {
    next.put(user, now.plus(interval));
  }

  /**
   * Whether something that most likely passes at once may still be kept quiet.
   *
   * @param calm for how long at most
   */
  boolean passing(User user, Instant now, Duration calm) {
    return now.isBefore(Objects.requireNonNullElse(since.putIfAbsent(user, now), now).plus(calm));
  }

  /** It has passed. */
  void settled(User user) {
    since.remove(user);
  }

  /** Nothing is under way any more. */
  void forget(User user) {
    next.remove(user);
    since.remove(user);
  }
}
