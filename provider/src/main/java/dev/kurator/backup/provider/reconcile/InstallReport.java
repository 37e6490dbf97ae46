package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallObservation;
import dev.kurator.backup.apis.managed.VeleroInstallStatus;
import dev.kurator.backup.provider.velero.Location;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is told about a VeleroInstall after one look: its status, and an Event where it changed.
 *
 * @param verdict goes into every status, whatever else is in it
 */
record InstallReport(
    Desk desk,
    Context<VeleroInstall> context,
    VeleroInstall install,
    Passwords.Verdict verdict,
    Instant now) {

  /** The same about a newer state of the resource. */
  InstallReport of(VeleroInstall newer) {
    return new InstallReport(desk, context, newer, verdict, now);
  }

  /** The same after a comparison of passwords. */
  InstallReport of(Passwords.Verdict newer) {
    return new InstallReport(desk, context, install, newer, now);
  }

  /**
   * Tells the verdict before the member is asked anything, which may take its time; what else is
   * known stays.
   */
  InstallReport upfront(String member) {
    VeleroInstallObservation known = written();
    if (verdict.shared() == null || (known != null && verdict.shared() == known.sharedPassword())) {
      return this;
    }
    List<Mark> marks =
        conditions().isEmpty()
            ? List.of(Mark.creating("connecting to cluster " + member).and(verdict.note()))
            : List.of();
    List<Condition> after = Mark.apply(conditions(), marks, generation(), now);
    VeleroInstallStatus status = new VeleroInstallStatus(judged(known), after, generation());
    return Statuses.replaced(context, install, status, marks).map(this::of).orElse(this);
  }

  /** On the hub before anything is on the member: a deletion must know whether to clean up. */
  InstallReport announced() {
    String name = Location.name(install.getSpec().forProvider());
    Map<String, String> annotations = Annotations.of(install);
    // The function has it in what it renders, which saves this write.
    boolean done = name.equals(annotations.get(Names.EXTERNAL_NAME));
    if (Policies.of(install, install.getSpec().managementPolicies()).observeOnly()) {
      return this;
    }
    desk.states().touching(install);
    if (done) {
      return this;
    }
    return of(
        Annotations.write(
            context,
            install,
            Map.of(
                Names.EXTERNAL_NAME,
                name,
                Names.EXTERNAL_CREATE_PENDING,
                now.truncatedTo(ChronoUnit.SECONDS).toString())));
  }

  /** Whether there may be something on the member, as far as status, annotations or we know. */
  boolean touched() {
    return Annotations.of(install).containsKey(Names.EXTERNAL_CREATE_PENDING)
        || InstallRecord.memberIdentity(install).isPresent()
        || desk.states().touched(install);
  }

  /** The resource, as the one that is told. */
  User user() {
    return User.of(ManagedKind.VeleroInstall, install);
  }

  private @Nullable VeleroInstallObservation written() {
    return install.getStatus() == null ? null : install.getStatus().atProvider();
  }

  private List<Condition> conditions() {
    return install.getStatus() == null ? List.of() : install.getStatus().conditions();
  }

  /** Nobody looks until the pause ends. */
  void paused() {
    if (write(written(), List.of(Mark.paused()))) {
      desk.events().normal(install, EventReason.ReconciliationPaused, "Reconciliation is paused");
    }
  }

  /** The member cannot be used or not be seen. */
  void cut(String problem) {
    if (write(written(), List.of(notReady(problem), Mark.failing(problem)))) {
      desk.events().warning(install, EventReason.CannotConnectToProvider, problem);
    }
  }

  /** Something of the resource cannot be read. */
  void unreadable(String problem) {
    if (write(written(), List.of(Mark.failing(problem)))) {
      desk.events().warning(install, EventReason.CannotObserveExternalResource, problem);
    }
  }

  /** The member was seen, but something is in the way that only a person can move. */
  void blocked(@Nullable VeleroInstallObservation seen, String problem) {
    VeleroInstallObservation known = seen == null ? written() : seen;
    if (write(known, List.of(notReady(problem), Mark.failing(problem)))) {
      desk.events().warning(install, EventReason.CannotCreateExternalResource, problem);
    }
  }

  /** The member answered, and said no. */
  void refused(String problem) {
    blocked(written(), problem);
  }

  /** Whether the status says already that it comes along. */
  boolean knownUnderWay() {
    return Mark.underWay(conditions());
  }

  /**
   * It comes along; the message says what is missing.
   *
   * @return whether that was news
   */
  boolean underWay(VeleroInstallObservation seen, String missing) {
    return write(seen, List.of(notReady(missing), Mark.synced()));
  }

  /** Everything is there. */
  void ready(VeleroInstallObservation seen, @Nullable String note) {
    boolean before = Mark.isTrue(conditions(), Condition.READY);
    if (write(seen, List.of(Mark.available(note), Mark.synced())) && !before) {
      desk.events()
          .normal(
              install,
              EventReason.CreatedExternalResource,
              "Velero and BackupStorageLocation " + seen.storageLocation() + " are ready");
    }
  }

  /** On its way out. */
  void deleting(String message, boolean failing) {
    Mark synced = failing ? Mark.failing(message) : Mark.synced();
    if (write(written(), List.of(Mark.deleting(message), synced)) && failing) {
      desk.events().warning(install, EventReason.CannotDeleteExternalResource, message);
    }
  }

  /** Its share is off the member, as far as it can be told what that is. */
  void left(String member) {
    if (InstallRecord.location(install).isEmpty()) {
      letGoUnread(Unreadable.problem(install).orElse(""));
      return;
    }
    desk.events().normal(install, EventReason.DeletedExternalResource, "Left cluster " + member);
  }

  /**
   * It goes without a look at its member. What its status says may be older than what was done: a
   * provider may be killed between the two.
   */
  void letGo(String problem) {
    desk.events()
        .warning(
            install,
            EventReason.CannotDeleteExternalResource,
            "%s; let go, since it is not known ever to have reached the cluster. If it did, BackupStorageLocation and Secret %s stay there"
                .formatted(problem, shownLocation()));
  }

  /** It goes, and what it had on the member is the other hub's. */
  void leftToOtherHub(String problem) {
    desk.events()
        .warning(
            install,
            EventReason.CannotDeleteExternalResource,
            "%s; BackupStorageLocation and Secret %s stay there for that hub"
                .formatted(problem, shownLocation()));
  }

  /** It goes without a look at its member, which cannot be told. */
  void letGoUnread(String problem) {
    desk.events()
        .warning(
            install,
            EventReason.CannotDeleteExternalResource,
            "%s; its member was not called, and BackupStorageLocation and Secret %s stay there; delete them by hand"
                .formatted(problem, shownLocation()));
  }

  /** Name of its location on the member, for messages. */
  String shownLocation() {
    return InstallRecord.location(install).orElse("of its location");
  }

  /** Something that was ready once is not being created. */
  private Mark notReady(String message) {
    Condition ready = Mark.find(conditions(), Condition.READY);
    boolean once =
        ready != null && (ready.status().equals("True") || ready.reason().equals("Unavailable"));
    return once ? Mark.unavailable(message) : Mark.creating(message);
  }

  private boolean write(@Nullable VeleroInstallObservation seen, List<Mark> plain) {
    List<Mark> marks = plain.stream().map(this::noted).toList();
    List<Condition> after = Mark.apply(conditions(), marks, generation(), now);
    desk.states().note(user(), seen != null && seen.memberIdentity() != null, after);
    VeleroInstallStatus status = new VeleroInstallStatus(judged(seen), after, generation());
    return Statuses.write(context, install, status, marks);
  }

  private Mark noted(Mark mark) {
    return mark.type().equals(Condition.READY) ? mark.and(verdict.note()) : mark;
  }

  private Long generation() {
    return install.getMetadata().getGeneration();
  }

  private @Nullable VeleroInstallObservation judged(@Nullable VeleroInstallObservation seen) {
    if (seen == null) {
      return verdict.shared() == null
          ? null
          : new VeleroInstallObservation(
              null, null, null, null, null, null, null, verdict.shared());
    }
    return new VeleroInstallObservation(
        seen.memberIdentity(),
        seen.namespace(),
        seen.version(),
        seen.nodeAgentsDesired(),
        seen.nodeAgentsReady(),
        seen.storageLocation(),
        seen.storageLocationPhase(),
        verdict.shared());
  }
}
