package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.provider.member.MemberApiException;
import dev.kurator.backup.provider.velero.NameClash;
import dev.kurator.backup.provider.velero.Schedules;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides on a VeleroSchedule whose member is reachable, and makes or edits Velero's Schedule. */
final class ScheduleWork {

  private final Footing footing;
  private final ScheduleLook look;
  private final Creation<VeleroSchedule> creation;
  private boolean adopted;

  ScheduleWork(VeleroSchedule schedule, Footing footing, Creation.Annotator<VeleroSchedule> hub) {
    this.creation = new Creation<>(schedule, footing, hub);
    this.footing = footing;
    this.look = new ScheduleLook(schedule.getSpec().forProvider(), footing);
  }

  /**
   * What was decided and, where it was to create or adopt, done.
   *
   * @param schedule the resource as it is now
   * @param adopted whether Velero's Schedule was taken over just now
   */
  record Result(VeleroSchedule schedule, ScheduleStep step, boolean adopted) {}

  /** The look that was decided on. */
  ScheduleLook look() {
    return look;
  }

  /**
   * Decides and acts.
   *
   * @throws MemberApiException where the member fails
   */
  Result proceed(Instant now) {
    for (int race = 0; race < Creation.RACES; race++) {
      ScheduleStep step = decide();
      switch (step) {
        case ScheduleStep.Create create -> {
          if (creation.make(look.wanted(create.name()), now)) {
            return result(step);
          }
        }
        case ScheduleStep.Adopt adopt -> {
          creation.adopt(adopt.name());
          adopted = true;
        }
        case ScheduleStep.Wait wait -> {
          return result(step);
        }
        case ScheduleStep.Blocked blocked -> {
          return result(step);
        }
        case ScheduleStep.Keep keep -> {
          keepOthersData(keep.name());
          return result(step);
        }
      }
    }
    return result(new ScheduleStep.Wait(creation.contended()));
  }

  /** A run may have failed because the bucket has a backup of its name, which is not its own. */
  private void keepOthersData(String schedule) {
    if (footing.operation().ownership() != Ownership.None) {
      look.runs(schedule).stream()
          .filter(NameClash::expires)
          .forEach(
              run -> DataDeletion.keepOthersData(footing.target(), run.getMetadata().getName()));
    }
  }

  private Result result(ScheduleStep step) {
    return new Result(creation.resource(), step, adopted);
  }

  private ScheduleStep decide() {
    ScheduleSituation situation = ScheduleSituation.of(creation.resource());
    return ScheduleDecisions.decide(situation, look.sight(situation));
  }

  /**
   * Puts Velero's Schedule right where it differs from how it should be.
   *
   * @param held how long the edit has been held so far
   * @return what was decided and, where it was to apply, done
   * @throws MemberApiException where the member fails
   */
  ScheduleEdit edit(ScheduleStep.Keep keep, Duration held, Instant now) {
    GenericKubernetesResource is = keep.schedule();
    Map<String, @Nullable Object> difference = difference(keep.name(), is);
    Optional<String> refusal = difference.isEmpty() ? Optional.empty() : look.refusal();
    if (refusal.isPresent()) {
      return new ScheduleEdit.Refused(refusal.get());
    }
    ScheduleEdit edit =
        ScheduleEdit.of(
            Schedules.state(is),
            creation.resource().getSpec().forProvider(),
            difference,
            look.veleroRuns(),
            held,
            now);
    if (edit instanceof ScheduleEdit.Apply(Map<String, @Nullable Object> patch)) {
      try {
        footing.target().cluster().patch(is, exactly(is, patch));
      } catch (MemberApiException e) {
        if (e.conflict() || e.notFound()) {
          return new ScheduleEdit.Hold("Velero's Schedule changed meanwhile");
        }
        throw e;
      }
    }
    return edit;
  }

  /** Whether nothing must be put right. */
  boolean asWanted(String name, GenericKubernetesResource is) {
    return difference(name, is).isEmpty();
  }

  private Map<String, @Nullable Object> difference(String name, GenericKubernetesResource is) {
    return ScheduleSituation.of(creation.resource()).policies().update()
        ? Schedules.difference(is, look.wanted(name))
        : Map.of();
  }

  /** What was decided holds for the state that was looked at, and for no other. */
  private static Map<String, @Nullable Object> exactly(
      GenericKubernetesResource is, Map<String, @Nullable Object> patch) {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    if (patch.get("metadata") instanceof Map<?, ?> fields) {
      fields.forEach((field, value) -> metadata.put(String.valueOf(field), value));
    }
    metadata.put("resourceVersion", is.getMetadata().getResourceVersion());
    Map<String, @Nullable Object> exact = new LinkedHashMap<>(patch);
    exact.put("metadata", metadata);
    return exact;
  }
}
