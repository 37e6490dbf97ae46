package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.provider.velero.Existing;
import dev.kurator.backup.provider.velero.Schedules;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes a deleted VeleroSchedule off its member: the Schedule always, its backups when asked. */
final class ScheduleDeletion {

  private final Desk desk;

  ScheduleDeletion(Desk desk) {
    this.desk = desk;
  }

  /** One step towards the end of Velero's Schedule of that name. */
  DeleteControl step(ScheduleReport report, String name) {
    if (!report.operation().policies().delete()) {
      return DeleteControl.defaultDelete();
    }
    if (report.operation().ownership() == Ownership.None) {
      leave(report, DeletionDecisions.NOT_OWN);
      return DeleteControl.defaultDelete();
    }
    return PatientDeletion.step(report, footing -> step(report, footing, name));
  }

  private DeleteControl step(ScheduleReport report, Footing footing, String name) {
    Target.Reached target = footing.target();
    Optional<GenericKubernetesResource> there =
        target.cluster().get(VeleroKind.Schedule, target.namespace(), name);
    Optional<Existing> match = there.map(found -> match(report, footing, found));
    boolean seen = report.situation().seen();
    DeletionPolicy policy = policy(report, footing);
    RunsDeletion all = runs(report, footing, name, policy);
    RunsDeletion runs = all.deletableBy(desk.leases());
    return switch (ScheduleEnding.of(
        seen, policy, match, runs.steps(readers(report, target, policy)))) {
      case ScheduleEnding.LetGo letGo ->
          // what is there still is somebody else's
          there.isPresent() ? left(report, match) : gone(report, name, all, runs);
      case ScheduleEnding.Release release -> {
        release(report, footing, name, there);
        if (release.deleteFirst()) {
          there.ifPresent(target.cluster()::delete);
        }
        yield gone(report, name, all, runs);
      }
      case ScheduleEnding.Stop stop -> {
        there.ifPresent(target.cluster()::delete);
        report.deleting("deleting Velero's Schedule " + name, false);
        yield PatientDeletion.next(PatientDeletion.SOON);
      }
      case ScheduleEnding.Purge purge -> purge(report, runs, purge);
    };
  }

  /** Those whose data goes; where it is to stay, what Velero was asked before is taken back. */
  private static RunsDeletion runs(
      ScheduleReport report, Footing footing, String name, DeletionPolicy policy) {
    Optional<RunsDeletion> all =
        footing
            .recordedLocation()
            .map(
                location ->
                    RunsDeletion.of(
                        footing, name, report.resource().getSpec().forProvider(), location));
    if (policy == DeletionPolicy.Delete) {
      return all.orElseThrow();
    }
    all.ifPresent(runs -> runs.takeBack().forEach(report::deletionHadBegun));
    return new RunsDeletion(footing.target(), name, Map.of());
  }

  private static DeleteControl left(ScheduleReport report, Optional<Existing> match) {
    if (match.orElse(null) instanceof Existing.Taken(String reason)) {
      leave(report, reason);
    }
    return DeleteControl.defaultDelete();
  }

  private static void leave(ScheduleReport report, String reason) {
    if (written(report) == DeletionPolicy.Delete) {
      report.retained(reason);
    }
  }

  private static Readers readers(
      ScheduleReport report, Target.Reached target, DeletionPolicy policy) {
    return policy == DeletionPolicy.Delete
        ? Readers.of(
            report.context().getClient(), target, report.resource().getMetadata().getNamespace())
        : Readers.NONE;
  }

  private static DeletionPolicy written(ScheduleReport report) {
    return DataDeletion.policy(
        report.resource(), report.resource().getSpec().forProvider().deletionPolicy());
  }

  /** Data is deleted only where it is sure which bucket it is in. */
  private static DeletionPolicy policy(ScheduleReport report, Footing footing) {
    DeletionPolicy written = written(report);
    if (written == DeletionPolicy.Delete && footing.recordedLocation().isEmpty()) {
      report.retained(
          "VeleroInstall %s does not say which bucket its backups are in"
              .formatted(report.operation().installName()));
      return DeletionPolicy.Retain;
    }
    return written;
  }

  /** Whatever was seen of it: what has its name now must be its own. */
  private static Existing match(
      ScheduleReport report, Footing footing, GenericKubernetesResource found) {
    return Schedules.matches(
        found,
        report.resource().getSpec().forProvider(),
        footing.recordedLocation().orElseGet(() -> Schedules.storageLocation(found)),
        footing.origin());
  }

  private void release(
      ScheduleReport report,
      Footing footing,
      String name,
      Optional<GenericKubernetesResource> there) {
    Optional<String> location =
        footing.recordedLocation().or(() -> there.map(Schedules::storageLocation));
    location.ifPresent(
        of -> desk.releases().add(footing.target(), VeleroKind.Schedule, name, of, report.now()));
  }

  private DeleteControl gone(
      ScheduleReport report, String name, RunsDeletion all, RunsDeletion deletable) {
    all.without(deletable)
        .ifPresent(maker -> report.keptForOtherHub("a backup of Velero's Schedule " + name, maker));
    desk.events()
        .normal(
            report.resource(),
            EventReason.DeletedExternalResource,
            "Velero's Schedule " + name + " is gone");
    return DeleteControl.defaultDelete();
  }

  private DeleteControl purge(
      ScheduleReport report, RunsDeletion runs, ScheduleEnding.Purge purge) {
    List<String> problems = runs.ask(desk, report.user(), purge.names(), report.now());
    String underWay =
        purge
            .running()
            .orElse(
                "Velero is deleting the backups of Schedule "
                    + runs.schedule()
                    + " and their data");
    report.deleting(problems.isEmpty() ? underWay : problems.getFirst(), !problems.isEmpty());
    return PatientDeletion.next(PatientDeletion.AGAIN);
  }
}
