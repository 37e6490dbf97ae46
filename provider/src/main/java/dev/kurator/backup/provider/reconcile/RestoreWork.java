package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroRestore;
import dev.kurator.backup.apis.managed.VeleroRestoreObservation;
import dev.kurator.backup.provider.member.MemberApiException;
import dev.kurator.backup.provider.velero.RestoreMarker;
import dev.kurator.backup.provider.velero.Restores;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides on a VeleroRestore whose member is reachable, and makes at most one Velero Restore. In
 * this order: the hub knows the name, the member knows the choice, Velero's Restore is made.
 */
final class RestoreWork {

  private final Footing footing;
  private final RestoreMemory memory;
  private final Creation<VeleroRestore> creation;

  RestoreWork(VeleroRestore restore, Footing footing, Creation.Annotator<VeleroRestore> hub) {
    this.footing = footing;
    this.memory = new RestoreMemory(restore, footing);
    this.creation = new Creation<>(restore, footing, hub);
  }

  /**
   * What was decided and done.
   *
   * @param restore the resource as it is now
   */
  record Result(VeleroRestore restore, RestoreStep step) {}

  /**
   * Decides and acts.
   *
   * @throws MemberApiException where the member fails
   */
  Result proceed(Instant now) {
    for (int race = 0; race < Creation.RACES; race++) {
      RestoreStep step = decide(now);
      if (done(step, now)) {
        return new Result(creation.resource(), step);
      }
    }
    return new Result(creation.resource(), new RestoreStep.Wait(creation.contended()));
  }

  private RestoreStep decide(Instant now) {
    OneTimeSituation<VeleroRestoreObservation> situation =
        OneTimeSituation.of(creation.resource(), now);
    return RestoreDecisions.decide(
        situation, new RestoreLook(creation.resource(), footing, situation).sight());
  }

  /** Whether it could be done; not where something else has the name by now. */
  private boolean done(RestoreStep step, Instant now) {
    return switch (step) {
      case RestoreStep.Rest rest -> true;
      case RestoreStep.Wait wait -> true;
      case RestoreStep.Create create -> make(create, now);
      case RestoreStep.Adopt adopt -> {
        note(adopt.note());
        creation.adopt(adopt.name());
        yield true;
      }
      case RestoreStep.Watch watch -> note(watch.note());
      case RestoreStep.End end -> {
        if (end.note() != null) {
          // the hub knows the name first, or the marker would outlive the resource
          creation.adopt(end.note().restoreName());
        }
        yield note(end.note());
      }
    };
  }

  private boolean note(@Nullable RestoreMarker note) {
    if (note != null) {
      memory.note(note);
    }
    return true;
  }

  private boolean make(RestoreStep.Create create, Instant now) {
    RestoreMarker marker = create.marker();
    creation.announce(marker.restoreName(), now);
    if (!create.announced() && !creation.put(memory.configMap(marker))) {
      return false;
    }
    if (!creation.put(wanted(marker))) {
      return false;
    }
    memory.note(marker.asCreated());
    return true;
  }

  private GenericKubernetesResource wanted(RestoreMarker marker) {
    Target.Reached target = footing.target();
    return Restores.restore(
        marker.restoreName(),
        target.namespace(),
        creation.resource().getSpec().forProvider(),
        marker.choice().backupName(),
        footing.origin());
  }
}
