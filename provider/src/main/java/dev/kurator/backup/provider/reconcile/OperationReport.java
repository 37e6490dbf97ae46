package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.provider.velero.Times;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is told about an operation after one look: its status, and an Event where it changed.
 *
 * @param <R> the kind of managed resource
 */
abstract class OperationReport<R extends CustomResource<?, ?>> {

  private final Desk desk;
  private final Context<R> context;
  private final Operation operation;
  private final R resource;
  private final Instant now;

  OperationReport(Desk desk, Context<R> context, Operation operation, R resource, Instant now) {
    this.desk = desk;
    this.context = context;
    this.operation = operation;
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

  final Context<R> context() {
    return context;
  }

  /** What the resource says of itself. */
  final Operation operation() {
    return operation;
  }

  final User user() {
    return operation.user();
  }

  /**
   * Where the operation stands now that its member answers, whose Velero is watched from now on.
   */
  final Footing footing(Target.Reached reached) {
    reached.member().watch(reached.namespace());
    return new Footing(desk, operation, install().orElse(null), reached);
  }

  private Optional<VeleroInstall> install() {
    return context.getSecondaryResource(VeleroInstall.class);
  }

  /** The member of an operation that is being deleted; its VeleroInstall says where Velero was. */
  final Target targetOfDeletion() {
    return operation.targetOfDeletion(
        desk,
        install()
            .filter(one -> one.getSpec().providerConfigRef().equals(operation.reference()))
            .flatMap(InstallRecord::namespace));
  }

  /** Writes annotations to the hub and gives the resource as it is then. */
  final R annotate(R newest, Map<String, String> annotations) {
    return Annotations.write(context, newest, annotations);
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

  /** Something of the resource cannot be read. */
  final void unreadable(String problem) {
    if (write(List.of(Mark.failing(problem)))) {
      desk.events().warning(resource, EventReason.CannotObserveExternalResource, problem);
    }
  }

  /** It goes without a look at its member, which cannot be told. */
  final void letGo(String name) {
    desk.events()
        .warning(
            resource,
            EventReason.CannotDeleteExternalResource,
            "%s; its member was not called, and Velero's %s %s stays there; delete it by hand"
                .formatted(
                    Unreadable.problem(resource).orElse(Unreadable.REFERENCE),
                    operation.kind(),
                    name));
  }

  /**
   * Data of its external object stays, though the resource says Delete.
   *
   * @param reason why
   */
  final void retained(String reason) {
    desk.events()
        .warning(
            resource,
            EventReason.CannotDeleteExternalResource,
            "Velero's %s %s keeps its data: %s; delete it with velero if it is not needed"
                .formatted(operation.kind(), operation.shownName(), reason));
  }

  /** It goes, and what it had on the member is the other hub's. */
  final void leftToOtherHub(String problem) {
    desk.events()
        .warning(
            resource,
            EventReason.CannotDeleteExternalResource,
            "%s; Velero's %s %s and its data stay there for that hub"
                .formatted(problem, operation.kind(), operation.shownName()));
  }

  /**
   * Data stays, though it was to go.
   *
   * @param what the data is of
   * @param maker UID of the hub that made it
   */
  final void keptForOtherHub(String what, @Nullable String maker) {
    desk.events()
        .warning(
            resource,
            EventReason.CannotDeleteExternalResource,
            "%s keeps its data: hub %s made it; to have such data deleted, set spec.takesOverFrom: %s of %s %s before"
                .formatted(
                    what,
                    maker,
                    maker,
                    operation.reference().kind(),
                    operation.reference().name()));
  }

  /**
   * Data is to stay that Velero has begun to delete.
   *
   * @param backup name of Velero's Backup
   */
  final void deletionHadBegun(String backup) {
    desk.events()
        .warning(
            resource,
            EventReason.CannotUpdateExternalResource,
            "Velero had begun to delete Backup %s and its data before deletionPolicy became Retain: it is lost, or cannot be restored"
                .formatted(backup));
  }

  /** When the resource was made. */
  final Instant created() {
    return Times.read(resource.getMetadata().getCreationTimestamp()).orElse(Instant.EPOCH);
  }

  /** Whether there is a status at all. */
  final boolean hasStatus() {
    return resource.getStatus() != null;
  }

  /** Whether the status says already that something must happen first. */
  final boolean knownWaiting() {
    return Mark.underWay(conditions());
  }

  /**
   * Something must happen first.
   *
   * @return whether that was news
   */
  final boolean waiting(String message) {
    return write(List.of(Mark.creating(message), Mark.synced()));
  }

  /** Velero's object was made just now; the status waits until Velero has looked at it. */
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
