package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallParameters;
import dev.kurator.backup.provider.member.Seen;
import dev.kurator.backup.provider.velero.Location;
import dev.kurator.backup.provider.velero.Owner;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Storage locations on members, with their Secrets; one for all VeleroInstalls that share it. */
final class LocationCare {

  private final String hubId;
  private final SecretSource secrets;
  private final Applied applied;

  LocationCare(String hubId, SecretSource secrets, Applied applied) {
    this.hubId = hubId;
    this.secrets = secrets;
    this.applied = applied;
  }

  /**
   * Makes the location what it should be, or says why not. To be called under the member's lock.
   *
   * @param others the other VeleroInstalls that share the engine
   * @return a problem for the user, empty where all was done
   */
  Optional<String> ensure(
      Target.Reached target,
      VeleroInstall install,
      SecretValue.Present credentials,
      List<VeleroInstall> others,
      Instant now) {
    Optional<VeleroInstall> senior = Sharing.senior(install, others);
    boolean unread = senior.flatMap(Unreadable::problem).isPresent();
    Optional<String> conflict =
        unread
            ? Optional.empty()
            : senior.flatMap(first -> conflict(target, install, credentials, first));
    if (conflict.isPresent()) {
      return conflict;
    }
    VeleroInstallParameters parameters = install.getSpec().forProvider();
    GenericKubernetesResource wanted =
        Location.storageLocation(parameters, target.namespace(), hubId);
    Seen<GenericKubernetesResource> seen =
        target.member().velero(VeleroKind.BackupStorageLocation, Location.name(parameters));
    return switch (seen) {
      // Velero's kinds are not served yet: its server brings them
      case Seen.Unknown<GenericKubernetesResource> unknown -> Optional.empty();
      case Seen.Absent<GenericKubernetesResource> absent -> {
        applied.forget(subject(target, Location.name(parameters)));
        yield make(target, parameters, credentials, wanted, now);
      }
      // as the first of its users wanted it, who cannot be asked
      case Seen.Present<GenericKubernetesResource>(var is) when unread -> Optional.empty();
      case Seen.Present<GenericKubernetesResource>(var is) ->
          keep(target, parameters, credentials, is, wanted, now);
    };
  }

  /** A watch may lag behind another hub, so the member is asked before anything is written. */
  private Optional<String> make(
      Target.Reached target,
      VeleroInstallParameters parameters,
      SecretValue.Present credentials,
      GenericKubernetesResource wanted,
      Instant now) {
    String name = Location.name(parameters);
    Optional<GenericKubernetesResource> is =
        target.cluster().get(VeleroKind.BackupStorageLocation, target.namespace(), name);
    Optional<Secret> copied = target.cluster().get(secret(target, name));
    if (is.filter(this::isOthers).isPresent() || copied.filter(this::isOthers).isPresent()) {
      return Optional.of(belongsToOthers(target, name));
    }
    copy(target, parameters, credentials, now);
    target.cluster().apply(wanted);
    return Optional.empty();
  }

  private static String belongsToOthers(Target.Reached target, String name) {
    return "BackupStorageLocation "
        + name
        + " on cluster "
        + target.name()
        + " belongs to somebody else; another hub uses this bucket and prefix";
  }

  private Optional<String> keep(
      Target.Reached target,
      VeleroInstallParameters parameters,
      SecretValue.Present credentials,
      GenericKubernetesResource is,
      GenericKubernetesResource wanted,
      Instant now) {
    if (isOthers(is)) {
      return Optional.of(belongsToOthers(target, is.getMetadata().getName()));
    }
    copy(target, parameters, credentials, now);
    if (!Location.sameSettings(is, wanted)) {
      target.cluster().apply(wanted);
    }
    return Optional.empty();
  }

  private Optional<String> conflict(
      Target.Reached target,
      VeleroInstall install,
      SecretValue.Present credentials,
      VeleroInstall senior) {
    String who = senior.getMetadata().getNamespace() + "/" + senior.getMetadata().getName();
    if (!Sharing.sameSettings(install, senior, target.namespace())) {
      return Optional.of(
          "LocationConflict: VeleroInstall "
              + who
              + " uses the same bucket and prefix with other settings; make location.config and"
              + " region the same");
    }
    if (Sharing.sameSecret(install, senior)) {
      return Optional.empty();
    }
    String key = senior.getSpec().forProvider().credentials().key();
    SecretName name =
        new SecretName(
            senior.getMetadata().getNamespace(),
            senior.getSpec().forProvider().credentials().name());
    return secrets.read(name, key) instanceof SecretValue.Present theirs && theirs.same(credentials)
        ? Optional.empty()
        : Optional.of(
            "LocationConflict: VeleroInstall "
                + who
                + " uses the same bucket and prefix with other credentials; use the same ones");
  }

  private void copy(
      Target.Reached target,
      VeleroInstallParameters parameters,
      SecretValue.Present credentials,
      Instant now) {
    Secret secret =
        Location.credentials(parameters, target.namespace(), hubId, credentials.bytes());
    String subject = subject(target, secret.getMetadata().getName());
    String content = Digest.of(credentials.bytes());
    if (!applied.stands(subject, content, Map.of(), now)) {
      target.cluster().apply(secret);
      applied.note(subject, content, Map.of(), now);
    }
  }

  /**
   * Takes the location out of the member: the location first, or Velero would bring its Backups
   * back; then what came from it. The bucket keeps everything. What another hub made stays. To be
   * called under the lock.
   *
   * @param name of the location and of its Secret
   * @return what is under way still, empty once all is seen to be gone
   */
  Optional<String> remove(Target.Reached target, String name) {
    Optional<GenericKubernetesResource> location =
        target.cluster().get(VeleroKind.BackupStorageLocation, target.namespace(), name);
    Optional<Secret> credentials = target.cluster().get(secret(target, name));
    // without its location, the Secret says whose it was: it goes last
    if (location.filter(this::isOthers).isPresent()
        || credentials.filter(this::isOthers).isPresent()
        || (location.isEmpty() && credentials.isEmpty())) {
      // another hub's, and with it what came from it, or nobody's any more
      applied.forget(subject(target, name));
      return Optional.empty();
    }
    List<GenericKubernetesResource> backups =
        of(target, VeleroKind.Backup, name, "storageLocation");
    Optional<String> running = Running.with(target, backups);
    if (running.isPresent()) {
      return running.map(work -> "waiting for " + work + " to end, which needs the location");
    }
    List<GenericKubernetesResource> repositories =
        of(target, VeleroKind.BackupRepository, name, "backupStorageLocation");
    if (location.isPresent() || !backups.isEmpty() || !repositories.isEmpty()) {
      location.ifPresent(target.cluster()::delete);
      backups.forEach(target.cluster()::delete);
      repositories.forEach(target.cluster()::delete);
      return Optional.of("removing BackupStorageLocation " + name + " and what came from it");
    }
    credentials.ifPresent(target.cluster()::delete);
    applied.forget(subject(target, name));
    return Optional.empty();
  }

  private static Secret secret(Target.Reached target, String name) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(target.namespace())
        .withName(name)
        .endMetadata()
        .build();
  }

  private boolean isOthers(HasMetadata object) {
    return !(Owner.of(object, hubId) instanceof Owner.Ours);
  }

  private static String subject(Target.Reached target, String location) {
    return target.registration().key()
        + " credentials "
        + target.identity()
        + "/"
        + target.namespace()
        + "/"
        + location;
  }

  private static List<GenericKubernetesResource> of(
      Target.Reached target, VeleroKind kind, String location, String field) {
    return target.cluster().list(kind, target.namespace(), Map.of()).stream()
        .filter(object -> location.equals(object.get("spec", field)))
        .toList();
  }
}
