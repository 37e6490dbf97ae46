package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Condition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The last known state of every managed resource, for the metrics; and which have touched their
 * members, which may not have been told when it matters.
 */
final class States {

  /**
   * One managed resource.
   *
   * @param exists whether its object on the member was seen
   */
  record State(boolean exists, boolean ready, boolean synced) {}

  private final Map<User, State> states = new ConcurrentHashMap<>();

  private final Set<User> touched = ConcurrentHashMap.newKeySet();

  /** From now on there may be something of it on its member. */
  void touching(User user) {
    touched.add(user);
  }

  /** Whether there may be something of it on its member, as far as this process knows. */
  boolean touched(User user) {
    return touched.contains(user);
  }

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
    touched.remove(user);
  }

  /** How many of a kind are in such a state. */
  int count(ManagedKind kind, Predicate<State> test) {
    return (int)
        states.entrySet().stream()
            .filter(entry -> entry.getKey().kind() == kind && test.test(entry.getValue()))
            .count();
  }
}
