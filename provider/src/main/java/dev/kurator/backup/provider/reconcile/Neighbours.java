package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The VeleroInstalls that share one cluster and one engine, whatever registrations they name. */
final class Neighbours {

  private final Function<ProviderConfigKey, Optional<Registration>> configs;
  private final Clusters clusters;

  Neighbours(Function<ProviderConfigKey, Optional<Registration>> configs, Clusters clusters) {
    this.configs = configs;
    this.clusters = clusters;
  }

  /**
   * All of them that may use the cluster: others have no say in what is on it.
   *
   * @param installs the VeleroInstalls that name a registration
   */
  List<VeleroInstall> of(
      Target.Reached target, Function<ProviderConfigKey, List<VeleroInstall>> installs) {
    return clusters.of(target.identity()).stream()
        .flatMap(key -> sharing(target, configs.apply(key).orElse(null), installs.apply(key)))
        .filter(install -> namesReadably(install) || mayBeThere(install, target.identity()))
        .distinct()
        .toList();
  }

  /**
   * The same with those whose namespace may not use the cluster any more: what they had there stays
   * until they leave.
   *
   * @param installs the VeleroInstalls that name a registration
   */
  List<VeleroInstall> withRevoked(
      Target.Reached target, Function<ProviderConfigKey, List<VeleroInstall>> installs) {
    Stream<VeleroInstall> revoked =
        clusters.of(target.identity()).stream()
            .filter(
                key ->
                    configs
                        .apply(key)
                        .filter(one -> one.mayUseEngineIn(target.namespace()))
                        .isPresent())
            .flatMap(key -> installs.apply(key).stream())
            .filter(
                install ->
                    InstallRecord.memberIdentity(install)
                        .filter(target.identity()::equals)
                        .isPresent());
    return Stream.concat(of(target, installs).stream(), revoked).distinct().toList();
  }

  /** Whether it can be read which registration it names. */
  private static boolean namesReadably(VeleroInstall install) {
    return !Unreadable.at(install, Unreadable.REFERENCE);
  }

  /** One whose member cannot be read is where it was last seen, or anywhere. */
  private static boolean mayBeThere(VeleroInstall install, String identity) {
    return InstallRecord.memberIdentity(install)
        .map(identity::equals)
        .orElseGet(() -> Annotations.of(install).containsKey(Names.EXTERNAL_CREATE_PENDING));
  }

  /** One whose registration was taken away by force counts on: what it had is there still. */
  private static Stream<VeleroInstall> sharing(
      Target.Reached target, @Nullable Registration registration, List<VeleroInstall> installs) {
    if (registration == null) {
      return installs.stream();
    }
    return registration.mayUseEngineIn(target.namespace())
        ? installs.stream()
            .filter(
                install ->
                    registration.mayAllow(install.getMetadata().getNamespace())
                        || !namesReadably(install))
        : Stream.of();
  }

  /**
   * The registration whose word on the engine comes before this one's and is another.
   *
   * @param others the VeleroInstalls that share the engine, without those on their way out
   */
  Optional<Registration> senior(Target.Reached target, List<VeleroInstall> others) {
    Registration own = target.registration();
    return others.stream()
        .filter(Neighbours::namesReadably)
        .map(Targets::key)
        .distinct()
        .flatMap(key -> configs.apply(key).stream())
        .filter(other -> !other.engineObserved() || other.problem().isPresent())
        .min(Registration.BY_RANK)
        .filter(first -> Registration.BY_RANK.compare(first, own) < 0)
        .filter(first -> !first.sameEngine(own));
  }
}
