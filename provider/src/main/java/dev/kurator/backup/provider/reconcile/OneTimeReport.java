package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.OperationObservation;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told about an operation that runs once.
 *
 * @param <R> the kind of managed resource
 * @param <O> what Velero says of it
 */
abstract class OneTimeReport<R extends CustomResource<?, ?>, O extends OperationObservation>
    extends OperationReport<R> {

  OneTimeReport(Desk desk, Context<R> context, Operation operation, R resource, Instant now) {
    super(desk, context, operation, resource, now);
  }

  /** Its life so far. */
  abstract OneTimeSituation<O> situation();

  /** When it is too late to begin. */
  abstract Instant deadline();

  /** Shortest time between two writes of progress, null for the usual one. */
  abstract @Nullable String progressInterval();

  /** The same observation with the first few errors and warnings in it. */
  abstract O explained(O seen, List<String> reasons);

  /** Leaves the reasons with the member too, where it remembers the operation. */
  void remember(Footing footing, O explained) {}

  /** Writes a status where it differs from the one that is there; whether it did. */
  abstract boolean writeStatus(@Nullable O seen, List<Condition> conditions, List<Mark> marks);

  /** Writes what is seen of the member, and conditions. */
  final boolean write(@Nullable O seen, List<Mark> marks) {
    List<Condition> after =
        Mark.apply(conditions(), marks, resource().getMetadata().getGeneration(), now());
    desk().states().note(user(), seen != null, after);
    return writeStatus(seen, after, marks);
  }

  /** What the status says of Velero's object, null where it says nothing. */
  final @Nullable O written() {
    return situation().seen();
  }

  @Override
  final boolean write(List<Mark> marks) {
    return write(written(), marks);
  }

  @Override
  final boolean exists() {
    return written() != null;
  }

  /** Velero's object was there already. */
  final void adopted(String name, O seen) {
    write(seen, marks(name).of(seen, true));
    foundOlder(operation().kind() + " " + name);
  }

  /**
   * Velero's object as it is.
   *
   * @return whether that was news
   */
  final boolean watched(String name, O seen) {
    return write(seen, marksOf(name, seen));
  }

  /** It is over: what a pause or an error left in its conditions ends with it. */
  final void resumed() {
    O end = written();
    if (end == null || Mark.isTrue(conditions(), Condition.SYNCED)) {
      remember();
    } else {
      boolean begun = operation().externalName() != null && !Names.NOT_STARTED.equals(end.phase());
      write(end, marks(operation().shownName()).of(end, begun && !situation().tried()));
    }
  }

  /** Whether a look at Velero's object changes no condition, only messages or progress. */
  final boolean sameConditions(String name, O seen) {
    return Mark.confirm(marksOf(name, seen), conditions());
  }

  private List<Mark> marksOf(String name, O seen) {
    return marks(name).of(seen, !situation().tried());
  }

  /** It is over without Velero. */
  final void ended(O end) {
    if (write(end, marks(operation().shownName()).of(end, false))) {
      EventReason reason =
          Names.NOT_STARTED.equals(end.phase())
              ? EventReason.NotStarted
              : EventReason.CannotCreateExternalResource;
      desk().events().warning(resource(), reason, String.valueOf(end.failureReason()));
    }
  }

  private OneTimeMarks marks(String name) {
    return new OneTimeMarks(operation().kind(), name);
  }
}
