package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The last known state of every managed resource, for the metrics; and which of them this process
 * knows to have touched their members, since the write of a status that says so may fail.
 */
final class States {

  /**
   * One managed resource.
   *
   * @param exists whether its object on the member was seen
   */
  record State(boolean exists, boolean ready, boolean synced) {}

  private final Map<User, State> states = new ConcurrentHashMap<>();

  /** By UID: a resource of the same name made anew is another one. */
  private final Set<String> touched = ConcurrentHashMap.newKeySet();

  /** From now on there may be something of it on its member. */
  void touching(HasMetadata resource) {
    touched.add(resource.getMetadata().getUid());
  }

  /** Whether there may be something of it on its member, as far as this process knows. */
  boolean touched(HasMetadata resource) {
    return touched.contains(resource.getMetadata().getUid());
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

  /** The last reconcile failed; whatever else is known of it stays. */
  void failing(User user) {
    states.merge(
        user,
        new State(false, false, false),
        (before, failed) -> new State(before.exists(), before.ready(), false));
  }

  /** It is no more. */
  void gone(User user, HasMetadata resource) {
    states.remove(user);
    touched.remove(resource.getMetadata().getUid());
  }

  /** How many of a kind are in such a state. */
  int count(ManagedKind kind, Predicate<State> test) {
    return (int)
        states.entrySet().stream()
            .filter(entry -> entry.getKey().kind() == kind && test.test(entry.getValue()))
            .count();
  }
}
