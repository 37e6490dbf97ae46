package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroRestoreObservation;
import dev.kurator.backup.apis.managed.VeleroRestoreParameters;
import dev.kurator.backup.provider.velero.Existing;
import dev.kurator.backup.provider.velero.Restores;
import dev.kurator.backup.provider.velero.VeleroKind;
import dev.kurator.backup.provider.velero.VeleroPhase;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import java.util.Optional;

/**
 * Takes a deleted VeleroRestore off its member: first Velero's Restore, then the memory of it. What
 * was restored stays.
 */
final class RestoreDeletion {

  private final Desk desk;

  RestoreDeletion(Desk desk) {
    this.desk = desk;
  }

  /** One step towards the end of Velero's Restore of that name. */
  DeleteControl step(RestoreReport report, String name) {
    // also the memory of a restore that is another's stays, or that one would run again
    return report.operation().policies().delete()
            && report.operation().ownership() != Ownership.None
        ? PatientDeletion.step(report, footing -> step(report, footing, name))
        : DeleteControl.defaultDelete();
  }

  private DeleteControl step(RestoreReport report, Footing footing, String name) {
    Target.Reached target = footing.target();
    Optional<GenericKubernetesResource> found =
        target.cluster().get(VeleroKind.Restore, target.namespace(), name);
    Optional<GenericKubernetesResource> there = found.filter(it -> ours(report, footing, it));
    if (there.isPresent()) {
      if (!there.get().isMarkedForDeletion()) {
        if (VeleroPhase.of(there.get()) == VeleroPhase.Running) {
          return ending(report, name);
        }
        target.cluster().delete(there.get());
      }
      report.deleting(
          "Velero is deleting its Restore "
              + name
              + ", for which its server must run and reach the object store"
              + PatientDeletion.WAY_OUT,
          false);
      return PatientDeletion.next(PatientDeletion.SOON);
    }
    new RestoreMemory(report.resource(), footing).forget();
    if (found.isEmpty()) {
      desk.events()
          .normal(
              report.resource(),
              EventReason.DeletedExternalResource,
              "Velero's Restore " + name + " is gone; what it restored stays");
    }
    return DeleteControl.defaultDelete();
  }

  /**
   * Velero does not stop for a deletion. Where the object is gone before the end could be written
   * down, its server tries that again for ten minutes, and ends no other restore meanwhile.
   */
  private static DeleteControl ending(RestoreReport report, String name) {
    report.deleting(
        "Velero is at work on Restore " + name + " and ends it first" + PatientDeletion.WAY_OUT,
        false);
    return PatientDeletion.next(PatientDeletion.AGAIN);
  }

  /** What was seen to run is its own whatever was edited since; what was not must be like it. */
  private boolean ours(RestoreReport report, Footing footing, GenericKubernetesResource found) {
    VeleroRestoreObservation seen = report.written();
    boolean ran =
        seen != null
            && seen.startTimestamp() != null
            && report.operation().ownership() == Ownership.Recorded;
    VeleroRestoreParameters parameters = report.resource().getSpec().forProvider();
    Existing match =
        ran
            ? Restores.stillOwn(found, parameters, footing.origin())
            : Restores.matches(found, parameters, footing.origin());
    return match instanceof Existing.Adoptable;
  }
}
