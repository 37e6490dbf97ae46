package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.syntax.PlainText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A condition without its time, with the types and reasons of crossplane-runtime's {@code
 * apis/common}.
 */
record Mark(String type, boolean status, String reason, @Nullable String message) {

  /** Type of crossplane-runtime's condition of a provider config that is deleted but in use. */
  static final String TERMINATING = "Terminating";

  Mark {
    message = message == null ? null : PlainText.of(message);
  }

  /** There and fit for use. */
  static Mark available(@Nullable String message) {
    return new Mark(Condition.READY, true, "Available", message);
  }

  /** Not there yet; the message says what is awaited. */
  static Mark creating(String message) {
    return new Mark(Condition.READY, false, "Creating", message);
  }

  /** There, but of no use. */
  static Mark unavailable(String message) {
    return new Mark(Condition.READY, false, "Unavailable", message);
  }

  /** Another hub with the same id works with it. */
  static Mark otherHub(String message) {
    return new Mark(Condition.READY, false, "OtherHub", message);
  }

  /** On its way out. */
  static Mark deleting(String message) {
    return new Mark(Condition.READY, false, "Deleting", message);
  }

  /** On its way out, but in use. */
  static Mark terminating(String message) {
    return new Mark(TERMINATING, true, "InUse", message);
  }

  /** The last look went well. */
  static Mark synced() {
    return new Mark(Condition.SYNCED, true, "ReconcileSuccess", null);
  }

  /** The last look went well and found an object from before this resource. */
  static Mark adopted(String message) {
    return new Mark(Condition.SYNCED, true, "Adopted", message);
  }

  /** The last look failed. */
  static Mark failing(String message) {
    return new Mark(Condition.SYNCED, false, "ReconcileError", message);
  }

  /** Nobody looks. */
  static Mark paused() {
    return new Mark(
        Condition.SYNCED,
        false,
        "ReconcilePaused",
        "Reconciliation is paused by annotation or policy");
  }

  /** The same with more to say, where there is more. */
  Mark and(@Nullable String more) {
    return more == null
        ? this
        : new Mark(type, status, reason, message == null ? more : message + "; " + more);
  }

  /**
   * New conditions in place of those of the same types; a time moves only with the status, and what
   * is not marked stays.
   */
  static List<Condition> apply(
      List<Condition> before, List<Mark> marks, @Nullable Long generation, Instant now) {
    List<Condition> after = new ArrayList<>();
    for (Condition condition : before) {
      if (marks.stream().noneMatch(mark -> mark.type().equals(condition.type()))) {
        after.add(condition);
      }
    }
    for (Mark mark : marks) {
      after.add(mark.condition(before, generation, now));
    }
    after.sort(java.util.Comparator.comparing(Condition::type));
    return List.copyOf(after);
  }

  @Override
  public String toString() {
    return type + "=" + status + " " + reason + (message == null ? "" : " (" + message + ")");
  }

  private Condition condition(List<Condition> before, @Nullable Long generation, Instant now) {
    String word = status ? "True" : "False";
    String since =
        before.stream()
            .filter(old -> old.type().equals(type) && old.status().equals(word))
            .map(Condition::lastTransitionTime)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(now.truncatedTo(ChronoUnit.SECONDS).toString());
    return new Condition(type, word, since, reason, message, generation);
  }

  /** Whether every one of these conditions is there already with its status, whatever it says. */
  static boolean confirm(List<Mark> marks, List<Condition> conditions) {
    return marks.stream()
        .allMatch(
            mark -> {
              Condition there = find(conditions, mark.type());
              return there != null && there.status().equals(mark.status ? "True" : "False");
            });
  }

  /** The condition of a type, if there is one. */
  static @Nullable Condition find(List<Condition> conditions, String type) {
    return conditions.stream()
        .filter(condition -> condition.type().equals(type))
        .findFirst()
        .orElse(null);
  }

  /** Whether conditions say that something comes along well but is not there yet. */
  static boolean underWay(List<Condition> conditions) {
    Condition ready = find(conditions, Condition.READY);
    return ready != null && ready.status().equals("False") && isTrue(conditions, Condition.SYNCED);
  }

  /** Whether that condition is there and True. */
  static boolean isTrue(List<Condition> conditions, String type) {
    Condition condition = find(conditions, type);
    return condition != null && condition.status().equals("True");
  }
}
