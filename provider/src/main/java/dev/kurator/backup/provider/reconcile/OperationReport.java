package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Instant;
import java.util.List;

/**
 * What is told about an operation after one look: its status, and an Event where it changed.
 *
 * @param <R> the kind of managed resource
 */
abstract class OperationReport<R extends CustomResource<?, ?>> {

  private final Desk desk;
  private final ManagedKind kind;
  private final R resource;
  private final Instant now;

  OperationReport(Desk desk, ManagedKind kind, R resource, Instant now) {
    this.desk = desk;
    this.kind = kind;
    this.resource = resource;
    this.now = now;
  }

  final Desk desk() {
    return desk;
  }

  final R resource() {
    return resource;
  }

  final Instant now() {
    return now;
  }

  final User user() {
    return User.of(kind, resource);
  }

  /** The conditions in the status, none where there is no status. */
  abstract List<Condition> conditions();

  /** Writes new conditions and leaves what is said of the member as it is. */
  abstract boolean write(List<Mark> marks);

  /** Whether Velero's object was ever seen, as the status says it. */
  abstract boolean exists();

  /** What a problem with the member means for an operation of this kind. */
  List<Mark> hindered(String problem) {
    return List.of(Mark.creating(problem), Mark.failing(problem));
  }

  /** Nobody looks until the pause ends. */
  final void paused() {
    if (write(List.of(Mark.paused()))) {
      desk.events().normal(resource, EventReason.ReconciliationPaused, "Reconciliation is paused");
    }
  }

  /** Nothing to tell; the metrics hear of it still. */
  final void remember() {
    desk.states().note(user(), exists(), conditions());
  }

  /** The member cannot be seen. */
  final void cut(String problem) {
    if (write(hindered(problem))) {
      desk.events().warning(resource, EventReason.CannotConnectToProvider, problem);
    }
  }

  /** The member answered, and said no. */
  final void refused(String problem) {
    if (write(hindered(problem))) {
      desk.events().warning(resource, EventReason.CannotCreateExternalResource, problem);
    }
  }

  /** When the resource was made. */
  final Instant created() {
    return Instant.parse(resource.getMetadata().getCreationTimestamp());
  }

  /** Whether there is a status at all. */
  final boolean known() {
    return resource.getStatus() != null;
  }

  /** Whether the status says already that something must happen first. */
  final boolean knownWaiting() {
    return Mark.underWay(conditions());
  }

  /** Something must happen first. */
  final void waiting(String message) {
    write(List.of(Mark.creating(message), Mark.synced()));
  }

  /** Velero's object was made just now; the status waits for Velero's first word. */
  final void made(String object) {
    desk.events()
        .normal(resource, EventReason.CreatedExternalResource, "Created Velero's " + object);
  }

  /** Velero's object was there already. */
  final void foundOlder(String object) {
    desk.events()
        .normal(resource, EventReason.Adopted, "Adopted Velero's " + object + ", which is older");
  }

  /** On its way out. */
  final void deleting(String message, boolean failing) {
    Mark synced = failing ? Mark.failing(message) : Mark.synced();
    if (write(List.of(Mark.deleting(message), synced)) && failing) {
      desk.events().warning(resource, EventReason.CannotDeleteExternalResource, message);
    }
  }
}
