package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroScheduleObservation;
import dev.kurator.backup.apis.managed.VeleroScheduleParameters;
import dev.kurator.backup.provider.member.Seen;
import dev.kurator.backup.provider.velero.Engine;
import dev.kurator.backup.provider.velero.Existing;
import dev.kurator.backup.provider.velero.Schedules;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One look at a VeleroSchedule's reachable member. */
final class ScheduleLook {

  private final VeleroScheduleParameters parameters;
  private final Footing footing;
  private @Nullable Set<String> released;

  ScheduleLook(VeleroScheduleParameters parameters, Footing footing) {
    this.parameters = parameters;
    this.footing = footing;
  }

  /** The member as far as this schedule is concerned. */
  Sight<GenericKubernetesResource> sight(ScheduleSituation situation) {
    return footing.install() == null && !situation.policies().observeOnly()
        ? new Sight.Blind<>(footing.noInstall())
        : new Sight.Clear<>(
            name -> look(situation, name), () -> footing.obstacleToSchedule(parameters));
  }

  private Optional<Sight.Found<GenericKubernetesResource>> look(
      ScheduleSituation situation, String name) {
    Optional<GenericKubernetesResource> there = there(situation, name);
    if (!situation.seen() && released().contains(name)) {
      return Optional.of(
          new Sight.Found<>(
              new Existing.Released(), there.orElseGet(GenericKubernetesResource::new)));
    }
    return there.map(found -> new Sight.Found<>(match(situation, found), found));
  }

  private Optional<GenericKubernetesResource> there(ScheduleSituation situation, String name) {
    Target.Reached target = footing.target();
    return situation.seen()
            && target.member().velero(VeleroKind.Schedule, name)
                instanceof Seen.Present<GenericKubernetesResource>(var cached)
        ? Optional.of(cached)
        : target.cluster().get(VeleroKind.Schedule, target.namespace(), name);
  }

  private Set<String> released() {
    if (released == null) {
      released = footing.released(VeleroKind.Schedule);
    }
    return released;
  }

  /**
   * One that it made or adopted stays its own whatever somebody did to its labels; under an edited
   * external name it must be like it.
   */
  private Existing match(ScheduleSituation situation, GenericKubernetesResource found) {
    if (situation.seen() && footing.operation().ownership() == Ownership.Recorded) {
      return new Existing.Adoptable();
    }
    if (footing.install() == null) {
      return new Existing.Taken(footing.noInstall());
    }
    return Schedules.matches(found, parameters, footing.location(), footing.origin());
  }

  /** How Velero's Schedule should be. */
  GenericKubernetesResource wanted(String name) {
    Target.Reached target = footing.target();
    return Schedules.schedule(
        name, target.namespace(), parameters, footing.location(), footing.origin());
  }

  /** Why what is wanted must not be written, whatever is there; empty where it may. */
  Optional<String> refusal() {
    return Schedules.refusal(parameters, footing.target().namespace());
  }

  /** What Velero's Schedule and its runs say. */
  VeleroScheduleObservation observe(GenericKubernetesResource schedule, Instant now) {
    return ScheduleRuns.observe(
        Schedules.state(schedule), runs(schedule.getMetadata().getName()), now);
  }

  /** The same from the watches alone, for threads that must not wait; empty where one is not up. */
  Optional<VeleroScheduleObservation> watched(GenericKubernetesResource schedule, Instant now) {
    return watchedRuns(schedule.getMetadata().getName())
        .map(runs -> ScheduleRuns.observe(Schedules.state(schedule), runs, now));
  }

  /** The Schedule's runs. */
  List<GenericKubernetesResource> runs(String schedule) {
    Target.Reached target = footing.target();
    return watchedRuns(schedule)
        .orElseGet(
            () ->
                ofSchedule(
                    target
                        .cluster()
                        .list(
                            VeleroKind.Backup,
                            target.namespace(),
                            Map.of(Schedules.NAME_LABEL, schedule)),
                    schedule));
  }

  private Optional<List<GenericKubernetesResource>> watchedRuns(String schedule) {
    return footing.target().member().velero(VeleroKind.Backup)
            instanceof Seen.Present<List<GenericKubernetesResource>>(var cached)
        ? Optional.of(ofSchedule(cached, schedule))
        : Optional.empty();
  }

  private List<GenericKubernetesResource> ofSchedule(
      List<GenericKubernetesResource> backups, String schedule) {
    return backups.stream().filter(backup -> runOf(footing.target(), schedule, backup)).toList();
  }

  /** One that is labelled with no member is the run of a Schedule that is only observed. */
  private static boolean runOf(Target.Reached target, String schedule, HasMetadata backup) {
    Map<String, String> labels =
        Objects.requireNonNullElse(backup.getMetadata().getLabels(), Map.of());
    String identity = labels.get(Names.MEMBER_LABEL);
    return schedule.equals(labels.get(Schedules.NAME_LABEL))
        && (identity == null || target.identities().contains(identity));
  }

  /** Whether a Velero is there to heed an edit. */
  boolean veleroRuns() {
    return footing.target().member().deployment(Engine.DEPLOYMENT)
            instanceof Seen.Present<Deployment>(var engine)
        && engine.getStatus() != null
        && Objects.requireNonNullElse(engine.getStatus().getAvailableReplicas(), 0) > 0;
  }
}
