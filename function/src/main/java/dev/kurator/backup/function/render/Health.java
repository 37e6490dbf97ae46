package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.managed.Condition;
import java.util.List;
import java.util.Optional;

/** What a managed resource's conditions say. */
final class Health {

  private final List<Condition> conditions;

  Health(List<Condition> conditions) {
    this.conditions = conditions;
  }

  boolean ready() {
    return of(Condition.READY).filter(condition -> is(condition, "True")).isPresent();
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

  /** What the Ready condition has to say beyond the usual reason {@code Available}. */
  Optional<String> remark() {
    return of(Condition.READY)
        .filter(condition -> !condition.reason().equals("Available"))
        .map(Condition::message);
  }

  private Optional<Condition> of(String type) {
    return conditions.stream().filter(condition -> condition.type().equals(type)).findFirst();
  }

  private static boolean is(Condition condition, String status) {
    return condition.status().equals(status);
  }
}
