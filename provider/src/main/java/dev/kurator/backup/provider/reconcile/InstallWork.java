package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallObservation;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import dev.kurator.backup.provider.member.Seen;
import dev.kurator.backup.provider.velero.Engine;
import dev.kurator.backup.provider.velero.Location;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One look at a VeleroInstall's reachable member, and what has to be done there. */
final class InstallWork {

  private final MemberLocks locks;
  private final Neighbours neighbours;
  private final EngineCare engines;
  private final LocationCare locations;

  InstallWork(
      MemberLocks locks, Neighbours neighbours, EngineCare engines, LocationCare locations) {
    this.locks = locks;
    this.neighbours = neighbours;
    this.engines = engines;
    this.locations = locations;
  }

  /** What came of it. */
  sealed interface Outcome {

    /** The first watch of the member is not up yet. */
    record Blind() implements Outcome {}

    /** Somebody must do something. */
    record Blocked(@Nullable VeleroInstallObservation seen, String problem) implements Outcome {}

    /** It takes its time. */
    record UnderWay(VeleroInstallObservation seen, String missing) implements Outcome {}

    /** Engine and location are ready; the note is for people. */
    record Done(VeleroInstallObservation seen, @Nullable String note) implements Outcome {}
  }

  /**
   * Does what has to be done and looks at the result.
   *
   * @param installs the VeleroInstalls that name a registration
   */
  Outcome proceed(
      VeleroInstall install,
      Function<ProviderConfigKey, List<VeleroInstall>> installs,
      Target.Reached target,
      SecretValue credentials,
      Instant now) {
    List<VeleroInstall> all = neighbours.of(target, installs);
    return neighbours
        .senior(target, Sharing.others(install, all))
        .map(
            senior ->
                noted(proceed(install, all, target.observing(), credentials, now), senior.key()))
        .orElseGet(() -> proceed(install, all, target, credentials, now));
  }

  private static Outcome noted(Outcome outcome, ProviderConfigKey senior) {
    String note =
        "EngineConflict: "
            + senior
            + " names the same cluster with other velero settings and comes first, so the engine is"
            + " used as it is; make spec.velero of both the same";
    return switch (outcome) {
      case Outcome.Blind blind -> blind;
      case Outcome.Blocked(var seen, var problem) ->
          new Outcome.Blocked(seen, problem + "; " + note);
      case Outcome.UnderWay(var seen, var missing) ->
          new Outcome.UnderWay(seen, missing + "; " + note);
      case Outcome.Done(var seen, _) -> new Outcome.Done(seen, note);
    };
  }

  private Outcome proceed(
      VeleroInstall install,
      List<VeleroInstall> all,
      Target.Reached target,
      SecretValue credentials,
      Instant now) {
    if (target.member().deployment(Engine.DEPLOYMENT) instanceof Seen.Unknown<Deployment>
        || target.member().daemonSet(Engine.DAEMON_SET) instanceof Seen.Unknown<DaemonSet>) {
      return new Outcome.Blind();
    }
    if (Policies.of(install, install.getSpec().managementPolicies()).observeOnly()) {
      Outcome seen = InstallLook.at(install, target, all, new byte[0]);
      return Sharing.otherNamespaces(install, Sharing.others(install, all))
          .<Outcome>map(problem -> new Outcome.Blocked(observation(seen), problem))
          .orElse(seen);
    }
    return switch (credentials) {
      case SecretValue.Missing missing ->
          new Outcome.Blocked(
              observation(InstallLook.at(install, target, all, new byte[0])), missing.problem());
      case SecretValue.Present present -> {
        Optional<String> problem =
            locks.during(target.identity(), () -> ensure(install, all, target, present, now));
        Outcome seen = InstallLook.at(install, target, all, present.bytes());
        yield problem.isPresent() ? new Outcome.Blocked(observation(seen), problem.get()) : seen;
      }
    };
  }

  private Optional<String> ensure(
      VeleroInstall install,
      List<VeleroInstall> all,
      Target.Reached target,
      SecretValue.Present credentials,
      Instant now) {
    return Location.refusal(install.getSpec().forProvider())
        .or(
            () ->
                engines.ensure(
                    target, Sharing.providers(install, all, target.installedPlugins()), now))
        .or(
            () ->
                locations.ensure(target, install, credentials, Sharing.others(install, all), now));
  }

  private static @Nullable VeleroInstallObservation observation(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Blind blind -> null;
      case Outcome.Blocked blocked -> blocked.seen();
      case Outcome.UnderWay underWay -> underWay.seen();
      case Outcome.Done done -> done.seen();
    };
  }
}
