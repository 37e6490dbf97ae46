package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.provider.velero.Existing;
import dev.kurator.backup.provider.velero.Schedules;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Optional;

/**
 * The life of a VeleroSchedule, which unlike a backup may be made anew. No clock, and no I/O but
 * the sight it is given.
 */
final class ScheduleDecisions {

  private ScheduleDecisions() {}

  /** What to do next. */
  static ScheduleStep decide(ScheduleSituation situation, Sight<GenericKubernetesResource> sight) {
    return switch (sight) {
      case Sight.Blind<GenericKubernetesResource> blind -> new ScheduleStep.Wait(blind.reason());
      case Sight.Clear<GenericKubernetesResource> clear -> look(situation, clear);
    };
  }

  private static ScheduleStep look(
      ScheduleSituation situation, Sight.Clear<GenericKubernetesResource> sight) {
    String name = situation.externalName();
    Optional<Sight.Found<GenericKubernetesResource>> found =
        name == null ? Optional.empty() : sight.objects().apply(name);
    if (name == null || found.isEmpty()) {
      return make(situation, sight);
    }
    ScheduleStep.Keep keep = new ScheduleStep.Keep(name, found.get().observation());
    if (situation.policies().observeOnly()) {
      return keep;
    }
    return switch (found.get().match()) {
      case Existing.Adoptable adoptable -> keep;
      case Existing.Released released -> make(situation, sight);
      case Existing.Taken taken -> blocked(name, NameChoice.NAME_TAKEN + taken.reason());
    };
  }

  private static ScheduleStep make(
      ScheduleSituation situation, Sight.Clear<GenericKubernetesResource> sight) {
    String name = situation.externalName();
    if (!situation.policies().create()) {
      return new ScheduleStep.Wait(
          name == null
              ? "nothing to observe: annotation " + Names.EXTERNAL_NAME + " names no Schedule"
              : "Velero has no Schedule " + name);
    }
    Optional<String> obstacle = sight.obstacle().get();
    if (obstacle.isPresent()) {
      return new ScheduleStep.Wait(obstacle.get());
    }
    // its runs are found by its name, so it keeps that name for life
    return situation.seen() && name != null
        ? new ScheduleStep.Create(name)
        : firstFreeName(situation, sight);
  }

  private static ScheduleStep firstFreeName(
      ScheduleSituation situation, Sight.Clear<GenericKubernetesResource> sight) {
    return switch (NameChoice.first(
        attempt -> Schedules.name(situation.wantedName(), attempt), sight.objects())) {
      case NameChoice.Free<GenericKubernetesResource>(String name) -> new ScheduleStep.Create(name);
      case NameChoice.Ours<GenericKubernetesResource>(String name, var schedule) ->
          new ScheduleStep.Adopt(name);
      case NameChoice.Taken<GenericKubernetesResource>(String reason) ->
          blocked(situation.wantedName(), reason);
    };
  }

  private static ScheduleStep blocked(String name, String reason) {
    return new ScheduleStep.Blocked(reason + " (Velero's Schedule " + name + ")");
  }
}
