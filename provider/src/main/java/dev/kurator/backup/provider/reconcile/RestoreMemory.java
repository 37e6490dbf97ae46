package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroRestore;
import dev.kurator.backup.apis.managed.VeleroRestoreParameters;
import dev.kurator.backup.provider.velero.BackupChoice;
import dev.kurator.backup.provider.velero.Owner;
import dev.kurator.backup.provider.velero.RestoreMarker;
import dev.kurator.backup.provider.velero.Restores;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Optional;

/** What one member remembers of one VeleroRestore. */
final class RestoreMemory {

  private final VeleroRestoreParameters parameters;
  private final Footing footing;
  private final String name;
  private final boolean ran;

  RestoreMemory(VeleroRestore restore, Footing footing) {
    this.parameters = restore.getSpec().forProvider();
    this.footing = footing;
    this.name = footing.operation().shownName();
    this.ran =
        restore.getStatus() != null
            && restore.getStatus().atProvider() != null
            && restore.getStatus().atProvider().startTimestamp() != null;
  }

  /** The marker, and whether it is about this very restore: asked of the API server itself. */
  RestoreSight.Memory recall() {
    Optional<ConfigMap> there = there();
    if (there.isEmpty()) {
      return new RestoreSight.Memory.Blank();
    }
    Optional<RestoreMarker> marker = RestoreMarker.of(there.get());
    if (marker.isEmpty()) {
      return other("it is unreadable");
    }
    return switch (Owner.of(there.get(), footing.desk().hubId())) {
      case Owner.Foreign foreign -> other("it was not made by this provider");
      case Owner.OtherHub(String hub) -> other("hub %s made it (--hub-id)".formatted(hub));
      case Owner.Ours ours ->
          // what ran is ours, even where the spec was rendered anew since
          ran || marker.get().policyHash().equals(Restores.policyHash(parameters))
              ? new RestoreSight.Memory.Ours(marker.get())
              : other("it was made for another claim, policy or backup");
    };
  }

  private RestoreSight.Memory other(String reason) {
    return new RestoreSight.Memory.Other(
        "the member has ConfigMap %s of a restore of that name, and %s"
            .formatted(RestoreMarker.name(name), reason));
  }

  private Optional<ConfigMap> there() {
    return footing.target().cluster().get(RestoreMarker.like(name, footing.target().namespace()));
  }

  /** What there would be to remember. */
  RestoreMarker marker(BackupChoice.Chosen choice) {
    return new RestoreMarker(
        name,
        choice,
        Restores.policyHash(parameters),
        footing.install() == null ? "" : footing.location(),
        false,
        null);
  }

  /** The marker as the member keeps it. */
  ConfigMap configMap(RestoreMarker marker) {
    return marker.configMap(footing.target().namespace(), footing.origin(), parameters.labels());
  }

  /** Remembers. */
  void note(RestoreMarker marker) {
    footing.target().cluster().apply(configMap(marker));
  }

  /** Forgets this very restore, and no other. */
  void forget() {
    if (recall() instanceof RestoreSight.Memory.Ours) {
      footing.target().cluster().delete(RestoreMarker.like(name, footing.target().namespace()));
    }
  }
}
