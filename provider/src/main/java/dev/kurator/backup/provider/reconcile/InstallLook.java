package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallObservation;
import dev.kurator.backup.apis.managed.VeleroInstallStatus;
import dev.kurator.backup.provider.member.Seen;
import dev.kurator.backup.provider.reconcile.InstallWork.Outcome;
import dev.kurator.backup.provider.velero.Engine;
import dev.kurator.backup.provider.velero.EngineReadiness;
import dev.kurator.backup.provider.velero.Location;
import dev.kurator.backup.provider.velero.LocationReadiness;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a member's watches show of an install; changes nothing. */
final class InstallLook {

  private static final String PUBLIC_PASSWORD =
      "Velero's public default password protects volume data; set"
          + " velero.repositoryPasswordSecretRef of the provider config before the first backup";

  private InstallLook() {}

  /**
   * Looks.
   *
   * @param all the VeleroInstalls that share the engine
   * @param credentials to keep out of messages
   */
  static Outcome at(
      VeleroInstall install, Target.Reached target, List<VeleroInstall> all, byte[] credentials) {
    Deployment server = present(target.member().deployment(Engine.DEPLOYMENT));
    DaemonSet agents = present(target.member().daemonSet(Engine.DAEMON_SET));
    EngineReadiness engine =
        Engine.readiness(
            server,
            agents,
            target.engine(),
            Sharing.providers(install, all, target.installedPlugins()));
    String name = Location.name(install.getSpec().forProvider());
    GenericKubernetesResource location =
        present(target.member().velero(VeleroKind.BackupStorageLocation, name));
    if (engine instanceof EngineReadiness.Ready && lostSight(install, target, name)) {
      return new Outcome.Blind();
    }
    VeleroInstallObservation seen = observe(target, engine, name, location);
    return missing(engine, name, location, credentials)
        .<Outcome>map(missing -> new Outcome.UnderWay(seen, missing))
        .orElseGet(() -> new Outcome.Done(seen, note(target)));
  }

  /** After a reconnect, the watches of Velero's kinds come up later than the others. */
  private static boolean lostSight(VeleroInstall install, Target.Reached target, String name) {
    VeleroInstallStatus status = install.getStatus();
    return target.member().velero(VeleroKind.BackupStorageLocation, name)
            instanceof Seen.Unknown<GenericKubernetesResource>
        && status != null
        && status.atProvider() != null
        && status.atProvider().storageLocationPhase() != null;
  }

  private static Optional<String> missing(
      EngineReadiness engine,
      String name,
      @Nullable GenericKubernetesResource location,
      byte[] credentials) {
    if (engine instanceof EngineReadiness.NotReady notReady) {
      return Optional.of(notReady.message());
    }
    if (location == null) {
      return Optional.of("BackupStorageLocation " + name + " is not there yet");
    }
    return switch (Location.readiness(location, credentials)) {
      case LocationReadiness.Ready ready -> Optional.empty();
      case LocationReadiness.NotReady notReady -> Optional.of(notReady.message());
    };
  }

  private static VeleroInstallObservation observe(
      Target.Reached target,
      EngineReadiness engine,
      String name,
      @Nullable GenericKubernetesResource location) {
    Object phase = location == null ? null : location.get("status", "phase");
    String phaseText = phase == null ? null : phase.toString();
    return switch (engine) {
      case EngineReadiness.Ready ready ->
          new VeleroInstallObservation(
              target.identity(),
              target.namespace(),
              ready.version(),
              ready.agentsDesired(),
              ready.agentsReady(),
              name,
              phaseText,
              null);
      case EngineReadiness.NotReady notReady ->
          new VeleroInstallObservation(
              target.identity(),
              target.namespace(),
              notReady.version(),
              notReady.agentsDesired(),
              notReady.agentsReady(),
              name,
              phaseText,
              null);
    };
  }

  private static @Nullable String note(Target.Reached target) {
    boolean ours = !target.engineObserved();
    return ours && Objects.isNull(target.engine().repositoryPasswordSecretRef())
        ? PUBLIC_PASSWORD
        : null;
  }

  private static <T> @Nullable T present(Seen<T> seen) {
    return seen instanceof Seen.Present<T>(var object) ? object : null;
  }
}
