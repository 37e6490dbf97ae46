package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Condition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The last known state of every managed resource, for the metrics. */
final class States {

  /**
   * One managed resource.
   *
   * @param exists whether its object on the member was seen
   */
  record State(boolean exists, boolean ready, boolean synced) {}

  private final Map<User, State> states = new ConcurrentHashMap<>();

  /** Remembers one. */
  void note(User user, boolean exists, List<Condition> conditions) {
    states.put(
        user,
        new State(
            exists,
            Mark.isTrue(conditions, Condition.READY),
            Mark.isTrue(conditions, Condition.SYNCED)));
  }

  /** It is no more. */
  void gone(User user) {
    states.remove(user);
  }

  /** How many of a kind are in such a state. */
  int count(ManagedKind kind, Predicate<State> test) {
    return (int)
        states.entrySet().stream()
            .filter(entry -> entry.getKey().kind() == kind && test.test(entry.getValue()))
            .count();
  }
}
