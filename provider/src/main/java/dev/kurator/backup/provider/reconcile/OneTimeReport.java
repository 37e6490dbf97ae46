package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.OperationObservation;
import dev.kurator.backup.provider.reconcile.ClaimBudget.Word;
import dev.kurator.backup.provider.reconcile.Endings.Ending;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

  /** Writes a status, if its turn has come; whether it had. */
  abstract boolean tell(@Nullable O seen, List<Condition> conditions, Word word, List<Mark> marks);

  /** Writes what is seen of the member, and conditions. */
  final boolean write(@Nullable O seen, List<Mark> marks) {
    List<Condition> after =
        Mark.apply(conditions(), marks, resource().getMetadata().getGeneration(), now());
    desk().states().note(user(), seen != null, after);
    return tell(seen, after, word(seen, marks), marks);
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
    return kept(
        new Ending(name, seen, true), write(seen, marks(name).of(seen, !situation().tried())));
  }

  /** It is over without Velero. */
  final void ended(O end) {
    String name = operation().shownName();
    if (kept(new Ending(name, end, false), write(end, marks(name).of(end, false)))) {
      EventReason reason =
          Names.NOT_STARTED.equals(end.phase())
              ? EventReason.NotStarted
              : EventReason.CannotCreateExternalResource;
      desk().events().warning(resource(), reason, String.valueOf(end.failureReason()));
    }
  }

  /**
   * Tells an end whose turn had not come, if it has come.
   *
   * @return whether there is such an end
   */
  @SuppressWarnings("unchecked") // kept by a report of the same kind
  final boolean endedEarlier() {
    Optional<Ending> ending = desk().endings().of(resource());
    ending.ifPresent(
        end -> {
          if (end.velero()) {
            watched(end.name(), (O) end.seen());
          } else {
            ended((O) end.seen());
          }
        });
    return ending.isPresent();
  }

  private boolean kept(Ending ending, boolean told) {
    if (told || !OneTimeSituation.over(ending.seen().phase())) {
      desk().endings().forget(resource());
    } else {
      desk().endings().keep(resource(), ending);
    }
    return told;
  }

  /** How urgent a status is. */
  private Word word(@Nullable O seen, List<Mark> marks) {
    boolean over = seen != null && OneTimeSituation.over(seen.phase());
    return over || marks.stream().anyMatch(Mark::isFailing) ? Word.OUTCOME : Word.NEWS;
  }

  private OneTimeMarks marks(String name) {
    return new OneTimeMarks(operation().kind(), name);
  }
}
