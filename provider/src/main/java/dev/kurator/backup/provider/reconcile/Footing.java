package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.claim.StorageLocation;
import dev.kurator.backup.apis.managed.AccessMode;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackupParameters;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallStatus;
import dev.kurator.backup.apis.managed.VeleroRestoreParameters;
import dev.kurator.backup.apis.managed.VeleroScheduleParameters;
import dev.kurator.backup.provider.velero.Backups;
import dev.kurator.backup.provider.velero.Location;
import dev.kurator.backup.provider.velero.LocationReadiness;
import dev.kurator.backup.provider.velero.Origin;
import dev.kurator.backup.provider.velero.Restores;
import dev.kurator.backup.provider.velero.Schedules;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operation on a member stands on: its VeleroInstall and the location behind it.
 *
 * @param install null where there is none of that name
 */
record Footing(
    Desk desk, Operation operation, @Nullable VeleroInstall install, Target.Reached target) {

  /** Null where there is none of that name, or where something of it cannot be read. */
  @Override
  public @Nullable VeleroInstall install() {
    return install == null || Unreadable.problem(install).isPresent() ? null : install;
  }

  /** Whom what the operation makes is by and for. */
  Origin origin() {
    return new Origin(
        desk.hubId(),
        operation.user().id().getNamespace().orElse(""),
        target.identity(),
        target.identities());
  }

  /** That there is no VeleroInstall to work with, for messages. */
  String noInstall() {
    return install == null
        ? who() + " does not exist"
        : "waiting for " + who() + ": " + Unreadable.problem(install).orElse("");
  }

  /** Name of the BackupStorageLocation; there must be a VeleroInstall. */
  String location() {
    return Location.name(Objects.requireNonNull(install()).getSpec().forProvider());
  }

  /**
   * The same for an operation that is being deleted, for which it is enough that the VeleroInstall
   * says so in some way.
   *
   * @return empty where it does not, or where there is none
   */
  Optional<String> recordedLocation() {
    return Optional.ofNullable(install).flatMap(InstallRecord::location);
  }

  /** Whether there is a VeleroInstall of that name, readable or not. */
  boolean installExists() {
    return install != null;
  }

  /** The names of a kind that new objects pass by. */
  Set<String> released(VeleroKind kind) {
    return install() == null ? Set.of() : desk.releases().of(target, kind, location());
  }

  /** What users call the location: its bucket and folder; there must be a VeleroInstall. */
  String place() {
    StorageLocation location = Objects.requireNonNull(install()).getSpec().forProvider().location();
    return location.prefix() == null
        ? location.bucket()
        : location.bucket() + "/" + location.prefix();
  }

  /** Why no such backup may be begun just now. */
  Optional<String> obstacleToBackup(VeleroBackupParameters parameters) {
    return Backups.refusal(parameters, target.namespace()).or(this::obstacleToWriting);
  }

  /** Why no such schedule may be made just now. */
  Optional<String> obstacleToSchedule(VeleroScheduleParameters parameters) {
    return Schedules.refusal(parameters, target.namespace()).or(this::obstacleToWriting);
  }

  private Optional<String> obstacleToWriting() {
    return readOnly().or(this::obstacle).or(() -> foreignBackup(location()));
  }

  /**
   * Why no such restore may be begun just now. From a folder with the backups of a lost cluster of
   * that name, restores are what is wanted.
   */
  Optional<String> obstacleToRestore(VeleroRestoreParameters parameters) {
    return Restores.refusal(parameters, target.namespace()).or(this::obstacle);
  }

  private String who() {
    return "VeleroInstall " + operation.installName();
  }

  private Optional<String> readOnly() {
    return Optional.ofNullable(install())
        .filter(it -> it.getSpec().forProvider().accessMode() == AccessMode.ReadOnly)
        .map(it -> who() + " is ReadOnly; backups need accessMode ReadWrite");
  }

  private Optional<String> obstacle() {
    VeleroInstall install = install();
    if (install == null) {
      return Optional.of(noInstall());
    }
    if (!install.getSpec().providerConfigRef().equals(operation.reference())) {
      return Optional.of(who() + " is for another member; both need the same providerConfigRef");
    }
    if (install.isMarkedForDeletion()) {
      return Optional.of(who() + " is being deleted");
    }
    return notReady(install)
        .map(reason -> "waiting for " + who() + reason)
        .or(() -> locationObstacle(location()));
  }

  private static Optional<String> notReady(VeleroInstall install) {
    VeleroInstallStatus status = install.getStatus();
    if (status == null) {
      return Optional.of("");
    }
    if (Mark.isTrue(status.conditions(), Condition.READY)) {
      return Optional.empty();
    }
    Condition synced = Mark.find(status.conditions(), Condition.SYNCED);
    Condition ready = Mark.find(status.conditions(), Condition.READY);
    Condition telling = synced != null && synced.status().equals("False") ? synced : ready;
    return Optional.of(
        telling == null || telling.message() == null ? "" : ": " + telling.message());
  }

  /** The install's status may be older than the member's state: the last word is the member's. */
  private Optional<String> locationObstacle(String location) {
    Optional<GenericKubernetesResource> there =
        target.cluster().get(VeleroKind.BackupStorageLocation, target.namespace(), location);
    if (there.isEmpty()) {
      return Optional.of("BackupStorageLocation " + location + " is gone; waiting for it");
    }
    return switch (Location.readiness(there.get(), new byte[0])) {
      // Why is the install's to say: it alone holds the credentials to keep out of the message.
      case LocationReadiness.NotReady notReady ->
          Optional.of("BackupStorageLocation " + location + " is not ready any more");
      case LocationReadiness.Ready ready -> Optional.empty();
    };
  }

  private Optional<String> foreignBackup(String location) {
    return target.cluster().list(VeleroKind.Backup, target.namespace(), Map.of()).stream()
        .filter(other -> location.equals(other.get("spec", "storageLocation")))
        .map(other -> other.getMetadata().getLabels())
        .filter(Objects::nonNull)
        .map(labels -> labels.get(Names.MEMBER_LABEL))
        .filter(identity -> identity != null && !target.identities().contains(identity))
        .sorted()
        .findFirst()
        .map(
            identity ->
                "the bucket's folder for %s holds backups of a different cluster; if this one takes its place, set spec.replaces: %s on %s %s"
                    .formatted(
                        target.name(), identity, operation.reference().kind(), target.name()));
  }
}
