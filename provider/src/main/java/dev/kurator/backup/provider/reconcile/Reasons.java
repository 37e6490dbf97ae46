package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.OperationObservation;
import dev.kurator.backup.provider.velero.NameClash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * Fetches Velero's own words about the errors and warnings of an operation that is over: they are
 * only in the object store. In the background, a few times, and never to the operation's harm.
 */
final class Reasons {

  /** How long it may take in all before the operation is left without. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private record Job(String name, Instant begun, Future<List<String>> words) {}

  private final Executor background;
  private final Consumer<User> listener;
  private final Map<User, Job> jobs = new ConcurrentHashMap<>();
  private final Map<User, Instant> asked = new ConcurrentHashMap<>();

  /**
   * Nothing is fetched yet.
   *
   * @param listener told when a fetch has ended
   */
  Reasons(Executor background, Consumer<User> listener) {
    this.background = background;
    this.listener = listener;
  }

  /** Whether an operation has something to explain and does not yet. */
  static boolean wanted(OperationObservation seen) {
    return OneTimeSituation.over(seen.phase())
        && seen.reasons().isEmpty()
        && !NameClash.is(seen.failureReason())
        && Objects.requireNonNullElse(seen.errors(), 0L)
                + Objects.requireNonNullElse(seen.warnings(), 0L)
            > 0;
  }

  /**
   * The words, or why there are none; the first call for an object begins to fetch them.
   *
   * @return empty while that is under way
   */
  Optional<List<String>> of(User user, ReasonsSource source, Instant now) {
    Job before = jobs.get(user);
    if (before != null && !before.name().equals(source.name())) {
      forget(user);
    }
    Job job = jobs.computeIfAbsent(user, key -> begin(key, source, now));
    return switch (job.words().state()) {
      case SUCCESS -> Optional.of(job.words().resultNow());
      case RUNNING -> {
        if (now.isBefore(job.begun().plus(PATIENCE))) {
          yield Optional.empty();
        }
        job.words().cancel(true);
        yield Optional.of(source.without("it took too long"));
      }
      case FAILED, CANCELLED -> Optional.of(source.without("it failed"));
    };
  }

  private Job begin(User user, ReasonsSource source, Instant now) {
    FutureTask<List<String>> task =
        new FutureTask<>(source::fetch) {
          @Override
          protected void done() {
            listener.accept(user);
          }
        };
    background.execute(task);
    return new Job(source.name(), now, task);
  }

  /** The same while the member cannot be reached: it is waited for a while. */
  Optional<List<String>> unreachable(Operation operation, String problem, Instant now) {
    Instant since = Objects.requireNonNullElse(asked.putIfAbsent(operation.user(), now), now);
    return now.isBefore(since.plus(PATIENCE))
        ? Optional.empty()
        : Optional.of(
            ReasonsSource.without(
                problem, operation.kind(), operation.shownName(), operation.reference().name()));
  }

  /** Nobody asks any more. */
  void forget(User user) {
    asked.remove(user);
    Job job = jobs.remove(user);
    if (job != null) {
      job.words().cancel(true);
    }
  }
}
