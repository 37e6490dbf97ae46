package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.apis.managed.VeleroScheduleSpec;
import dev.kurator.backup.provider.velero.Backups;
import dev.kurator.backup.provider.velero.Existing;
import dev.kurator.backup.provider.velero.Schedules;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes a deleted VeleroSchedule off its member: the Schedule always, its backups when asked. */
final class ScheduleDeletion {

  private static final String WAY_OUT = "; without Delete in managementPolicies it lets go";
  private static final Duration SOON = Duration.ofSeconds(2);

  private final Desk desk;
  private final Clock clock;

  ScheduleDeletion(Desk desk, Clock clock) {
    this.desk = desk;
    this.clock = clock;
  }

  /** One step towards the end. */
  DeleteControl cleanup(VeleroSchedule schedule, Context<VeleroSchedule> context) {
    ScheduleReport report = new ScheduleReport(desk, context, schedule, clock.instant());
    ScheduleSituation situation = ScheduleSituation.of(schedule);
    if (situation.policies().paused()) {
      report.paused();
      return DeleteControl.noFinalizerRemoval();
    }
    String name = situation.externalName();
    if (name == null || !situation.policies().delete()) {
      return DeleteControl.defaultDelete();
    }
    VeleroScheduleSpec spec = schedule.getSpec();
    Target target =
        desk.targets()
            .resolve(
                report.user(),
                spec.providerConfigRef(),
                Set.of(),
                ScheduleReconciler.objects(name));
    return switch (target) {
      case Target.Connecting connecting -> again(SOON);
      case Target.Unreachable unreachable -> waits(report, unreachable.problem());
      case Target.Refused refused -> waits(report, refused.problem());
      case Target.Reached reached -> {
        reached.member().watch(reached.namespace());
        VeleroInstall install = context.getSecondaryResource(VeleroInstall.class).orElse(null);
        Footing footing = ScheduleReconciler.footing(desk, schedule, install, reached);
        try {
          yield reached(report, situation, footing, name);
        } catch (KubernetesClientException e) {
          yield waits(report, MemberTrouble.of(reached.name(), e).text());
        }
      }
    };
  }

  private static DeleteControl waits(ScheduleReport report, String problem) {
    report.deleting(problem + WAY_OUT, true);
    return again(ScheduleReconciler.AGAIN);
  }

  private DeleteControl reached(
      ScheduleReport report, ScheduleSituation situation, Footing footing, String name) {
    Target.Reached target = footing.target();
    Optional<GenericKubernetesResource> there =
        target.cluster().get(VeleroKind.Schedule, target.namespace(), name);
    Optional<Existing> match = there.map(found -> match(report, situation, footing, found));
    DeletionPolicy policy = policy(report);
    Map<String, GenericKubernetesResource> runs =
        policy == DeletionPolicy.Delete ? runs(target, name) : Map.of();
    Map<String, DeletionStep> steps =
        runs.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    run ->
                        DeletionDecisions.data(run.getKey(), Backups.observation(run.getValue()))));
    return switch (ScheduleEnding.of(situation.seen(), policy, match, steps)) {
      case ScheduleEnding.LetGo letGo -> gone(report, name);
      case ScheduleEnding.Release release -> {
        release(report, footing, name, there);
        if (release.deleteFirst()) {
          there.ifPresent(target.cluster()::delete);
        }
        yield gone(report, name);
      }
      case ScheduleEnding.Stop stop -> {
        there.ifPresent(target.cluster()::delete);
        report.deleting("deleting Velero's Schedule " + name, false);
        yield again(SOON);
      }
      case ScheduleEnding.Purge purge -> purge(report, target, name, purge, runs);
    };
  }

  private static DeletionPolicy policy(ScheduleReport report) {
    return Objects.requireNonNullElse(
        report.resource().getSpec().forProvider().deletionPolicy(), DeletionPolicy.Retain);
  }

  /** What we saw is ours; what we never saw must look like ours. */
  private Existing match(
      ScheduleReport report,
      ScheduleSituation situation,
      Footing footing,
      GenericKubernetesResource found) {
    return situation.seen()
        ? new Existing.Adoptable()
        : Schedules.matches(
            found,
            report.resource().getSpec().forProvider(),
            footing.install() == null ? Schedules.storageLocation(found) : footing.location(),
            desk.hubId(),
            footing.target().identities());
  }

  /** Asked of the API server itself: what a cache lacks would be kept for ever. */
  private static Map<String, GenericKubernetesResource> runs(Target.Reached target, String name) {
    return target
        .cluster()
        .list(VeleroKind.Backup, target.namespace(), Map.of(Schedules.NAME_LABEL, name))
        .stream()
        .filter(
            backup ->
                target
                    .identities()
                    .contains(
                        Objects.requireNonNullElse(
                                backup.getMetadata().getLabels(), Map.<String, String>of())
                            .getOrDefault(Names.MEMBER_LABEL, "")))
        .collect(Collectors.toMap(backup -> backup.getMetadata().getName(), backup -> backup));
  }

  private void release(
      ScheduleReport report,
      Footing footing,
      String name,
      Optional<GenericKubernetesResource> there) {
    Optional<String> location =
        footing.install() == null
            ? there.map(Schedules::storageLocation)
            : Optional.of(footing.location());
    location.ifPresent(
        of -> desk.releases().add(footing.target(), VeleroKind.Schedule, name, of, report.now()));
  }

  private DeleteControl gone(ScheduleReport report, String name) {
    desk.events()
        .normal(
            report.resource(),
            EventReason.DeletedExternalResource,
            "Velero's Schedule " + name + " is gone");
    return DeleteControl.defaultDelete();
  }

  private DeleteControl purge(
      ScheduleReport report,
      Target.Reached target,
      String name,
      ScheduleEnding.Purge purge,
      Map<String, GenericKubernetesResource> runs) {
    List<GenericKubernetesResource> ended =
        purge.names().stream().map(runs::get).filter(Objects::nonNull).toList();
    Map<String, GenericKubernetesResource> asked =
        target.cluster().list(VeleroKind.DeleteBackupRequest, target.namespace(), Map.of()).stream()
            .collect(
                Collectors.toMap(request -> request.getMetadata().getName(), request -> request));
    List<String> problems =
        ended.stream()
            .flatMap(run -> DataDeletion.ask(target, run, asked, report.now()).stream())
            .toList();
    desk.uses()
        .objects(
            report.user(),
            Stream.concat(
                    Stream.of("Schedule/" + name),
                    ended.stream()
                        .map(run -> DataDeletion.request(target, run).getMetadata().getName())
                        .map(request -> "DeleteBackupRequest/" + request))
                .collect(Collectors.toSet()));
    String underWay =
        purge
            .running()
            .orElse("Velero is deleting the backups of Schedule " + name + " and their data");
    report.deleting(problems.isEmpty() ? underWay : problems.getFirst(), !problems.isEmpty());
    return again(ScheduleReconciler.AGAIN);
  }

  private static DeleteControl again(Duration delay) {
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(delay);
  }
}
