package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroRestore;
import dev.kurator.backup.apis.managed.VeleroRestoreObservation;
import dev.kurator.backup.apis.managed.VeleroRestoreParameters;
import dev.kurator.backup.provider.member.Seen;
import dev.kurator.backup.provider.velero.BackupChoice;
import dev.kurator.backup.provider.velero.Backups;
import dev.kurator.backup.provider.velero.Existing;
import dev.kurator.backup.provider.velero.RestoreMarker;
import dev.kurator.backup.provider.velero.Restores;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One look at a VeleroRestore's reachable member. */
final class RestoreLook {

  private final VeleroRestore restore;
  private final VeleroRestoreParameters parameters;
  private final Footing footing;
  private final OneTimeSituation<VeleroRestoreObservation> situation;
  private final RestoreMemory memory;
  private RestoreSight.@Nullable Memory recalled;

  RestoreLook(
      VeleroRestore restore,
      Footing footing,
      OneTimeSituation<VeleroRestoreObservation> situation) {
    this.restore = restore;
    this.parameters = restore.getSpec().forProvider();
    this.footing = footing;
    this.situation = situation;
    this.memory = new RestoreMemory(restore, footing);
  }

  /** The member as far as this restore is concerned. */
  RestoreSight sight() {
    return new RestoreSight.Clear(
        this::restore,
        this::recall,
        () -> OneTimeSituation.unreadable(restore).or(() -> footing.obstacleToRestore(parameters)),
        this::choice,
        memory::marker);
  }

  /** Velero's Restore; what was never seen is asked of the API server itself. */
  private Optional<Sight.Found<VeleroRestoreObservation>> restore() {
    String name = footing.operation().shownName();
    Target.Reached target = footing.target();
    Optional<GenericKubernetesResource> object =
        situation.phase() != null
                && target.member().velero(VeleroKind.Restore, name)
                    instanceof Seen.Present<GenericKubernetesResource>(var cached)
            ? Optional.of(cached)
            : target.cluster().get(VeleroKind.Restore, target.namespace(), name);
    return object.map(
        found -> new Sight.Found<>(match(found), Restores.observation(found, pinned(found))));
  }

  private Existing match(GenericKubernetesResource found) {
    return Restores.matches(found, parameters, footing.origin());
  }

  /** What it restores: as it is known already, or as the member says. */
  private BackupChoice.Chosen pinned(GenericKubernetesResource restore) {
    VeleroRestoreObservation seen = situation.seen();
    if (seen != null && seen.backupName() != null) {
      return new BackupChoice.Chosen(seen.backupName(), seen.backupTimestamp());
    }
    if (recall() instanceof RestoreSight.Memory.Ours(RestoreMarker marker)) {
      return marker.choice();
    }
    Target.Reached target = footing.target();
    String backup = Restores.backupName(restore);
    return new BackupChoice.Chosen(
        backup,
        target
            .cluster()
            .get(VeleroKind.Backup, target.namespace(), backup)
            .map(Backups::observation)
            .map(its -> its.startTimestamp())
            .orElse(null));
  }

  private RestoreSight.Memory recall() {
    if (recalled == null) {
      recalled = memory.recall();
    }
    return recalled;
  }

  private BackupChoice choice() {
    Target.Reached target = footing.target();
    String location = footing.location();
    return BackupChoice.Shelf.of(
            target.cluster().list(VeleroKind.Backup, target.namespace(), Map.of()),
            location,
            target
                .cluster()
                .get(VeleroKind.BackupStorageLocation, target.namespace(), location)
                .orElse(null),
            footing.released(VeleroKind.Backup),
            footing.place())
        .choose(parameters);
  }
}
