package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.function.plan.Phases;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a managed resource's conditions say. */
final class Health {

  /** Reason of Synced on an operation that was there before its resource. */
  private static final String ADOPTED = "Adopted";

  private final List<Condition> conditions;

  Health(List<Condition> conditions) {
    this.conditions = conditions;
  }

  boolean ready() {
    return of(Condition.READY).filter(condition -> is(condition, "True")).isPresent();
  }

  /** Whether there is nothing to complain about. */
  boolean sound() {
    return ready() && failure().isEmpty();
  }

  /** What went wrong in the last reconcile. */
  Optional<String> failure() {
    return of(Condition.SYNCED).filter(condition -> is(condition, "False")).map(Condition::message);
  }

  /** What is wrong or awaited: a failed reconcile explains more than not being ready. */
  Optional<String> trouble() {
    return failure()
        .or(
            () ->
                of(Condition.READY)
                    .filter(condition -> !is(condition, "True"))
                    .map(Condition::message));
  }

  /**
   * What keeps it from beginning.
   *
   * @param awaited what something else says that it waits for
   */
  Optional<String> waitsFor(Optional<String> awaited) {
    return failure().or(() -> awaited).or(this::trouble);
  }

  /** What is said of something that was on the member before its resource. */
  Optional<String> adoption() {
    return of(Condition.SYNCED)
        .filter(synced -> synced.reason().equals(ADOPTED))
        .map(Condition::message);
  }

  /** What the conditions of something that has ended have to say about how it ended. */
  Optional<String> remark() {
    String remark =
        Stream.of(adoption(), of(Condition.READY).map(Condition::message))
            .flatMap(Optional::stream)
            .collect(Collectors.joining("; "));
    return Optional.of(remark).filter(text -> !text.isEmpty());
  }

  /**
   * What an operation that is carried out once has to say.
   *
   * @param phase its phase
   * @param awaited what its install waits for
   */
  Optional<String> message(String phase, Optional<String> awaited) {
    Optional<String> message;
    if (Phases.isTerminal(phase)) {
      // Only its own outcome counts, not that its member is away now.
      message = remark();
    } else if (Phases.hasBegun(phase)) {
      // Once Velero works on it, phase and progress say all that is not a failure.
      message = failure();
    } else {
      message = waitsFor(awaited);
    }
    return message.filter(text -> !text.isEmpty());
  }

  private Optional<Condition> of(String type) {
    for (Condition condition : conditions) {
      if (condition.type().equals(type)) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  private static boolean is(Condition condition, String status) {
    return condition.status().equals(status);
  }
}
