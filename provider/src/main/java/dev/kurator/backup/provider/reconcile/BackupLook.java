package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.provider.member.Seen;
import dev.kurator.backup.provider.velero.Backups;
import dev.kurator.backup.provider.velero.Existing;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One look at a VeleroBackup's reachable member. */
final class BackupLook {

  private final VeleroBackup backup;
  private final Footing footing;
  private @Nullable Set<String> released;

  BackupLook(VeleroBackup backup, Footing footing) {
    this.backup = backup;
    this.footing = footing;
  }

  /** The member as far as this backup is concerned. */
  Sight<VeleroBackupObservation> sight(OneTimeSituation<VeleroBackupObservation> situation) {
    if (footing.install() == null && situation.phase() == null) {
      return new Sight.Blind<>(footing.noInstall());
    }
    return new Sight.Clear<>(
        name -> look(situation, name, this::match),
        () ->
            OneTimeSituation.unreadable(backup)
                .or(() -> footing.obstacleToBackup(backup.getSpec().forProvider())));
  }

  /**
   * The same for a backup that is being deleted. Nothing is made any more, so a VeleroInstall that
   * cannot be read is no reason to wait: it waits for its backups itself.
   */
  Sight<VeleroBackupObservation> sightForDeletion(
      OneTimeSituation<VeleroBackupObservation> situation) {
    return footing.installExists() || situation.phase() != null
        ? new Sight.Clear<>(name -> look(situation, name, this::matchOfDeleted), Optional::empty)
        : new Sight.Blind<>(footing.noInstall());
  }

  private Optional<Sight.Found<VeleroBackupObservation>> look(
      OneTimeSituation<VeleroBackupObservation> situation,
      String name,
      Function<GenericKubernetesResource, Existing> match) {
    if (situation.phase() == null && released().contains(name)) {
      return Optional.of(new Sight.Found<>(new Existing.Released(), BackupReport.fresh()));
    }
    Target.Reached target = footing.target();
    // what was never seen is judged by what is there now: a cache may still lack a release
    Optional<GenericKubernetesResource> object =
        situation.phase() != null
                && target.member().velero(VeleroKind.Backup, name)
                    instanceof Seen.Present<GenericKubernetesResource>(var cached)
            ? Optional.of(cached)
            : target.cluster().get(VeleroKind.Backup, target.namespace(), name);
    return object.map(found -> new Sight.Found<>(match.apply(found), observation(found)));
  }

  private Set<String> released() {
    if (released == null) {
      released = footing.released(VeleroKind.Backup);
    }
    return released;
  }

  private Existing match(GenericKubernetesResource found) {
    if (footing.install() == null) {
      return new Existing.Taken(footing.noInstall());
    }
    return match(found, footing.location());
  }

  /** Where nothing says which location it is in, the labels and the policy alone decide. */
  private Existing matchOfDeleted(GenericKubernetesResource found) {
    String location = footing.recordedLocation().orElseGet(() -> Backups.storageLocation(found));
    boolean seenAsOwn =
        footing.operation().ownership() == Ownership.Recorded
            && backup.getStatus() != null
            && backup.getStatus().atProvider() != null
            && backup.getStatus().atProvider().phase() != null;
    return seenAsOwn
        ? Backups.stillOwn(found, backup.getSpec().forProvider(), location, footing.origin())
        : match(found, location);
  }

  private Existing match(GenericKubernetesResource found, String location) {
    return Backups.matches(found, backup.getSpec().forProvider(), location, footing.origin());
  }

  private static VeleroBackupObservation observation(GenericKubernetesResource found) {
    VeleroBackupObservation seen = Backups.observation(found);
    return seen.phase() == null ? BackupReport.fresh() : seen;
  }
}
