package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.provider.velero.Location;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which VeleroInstalls of one cluster share what. Pure: the lists come from the caller. */
final class Sharing {

  private static final String PROVIDER = "spec.forProvider.location.provider";

  /** Users of the whole hub's registration first: no namespace can take a location from them. */
  private static final Comparator<VeleroInstall> BY_RANK =
      Comparator.<VeleroInstall, ProviderConfigReference.Kind>comparing(
              install -> install.getSpec().providerConfigRef().kind())
          .thenComparing(install -> install.getMetadata().getCreationTimestamp())
          .thenComparing(install -> install.getMetadata().getNamespace())
          .thenComparing(install -> install.getMetadata().getName());

  private Sharing() {}

  /**
   * The object stores that the member's engine needs plugins for.
   *
   * @param installed those that it has plugins for: they stay while somebody may need one of them,
   *     since it cannot be read which
   */
  static Set<StorageProvider> providers(
      VeleroInstall self, List<VeleroInstall> all, Set<StorageProvider> installed) {
    Set<StorageProvider> providers = EnumSet.noneOf(StorageProvider.class);
    for (VeleroInstall install : Stream.concat(Stream.of(self), all.stream()).toList()) {
      if (Unreadable.at(install, PROVIDER)) {
        providers.addAll(installed);
      } else {
        providers.add(install.getSpec().forProvider().location().provider());
      }
    }
    return providers;
  }

  /** The others that count: on their way in or here to stay. */
  static List<VeleroInstall> others(VeleroInstall self, List<VeleroInstall> all) {
    return all.stream()
        .filter(other -> !other.isMarkedForDeletion())
        .filter(other -> !other.getMetadata().getUid().equals(self.getMetadata().getUid()))
        .toList();
  }

  /** Those of the others that use the same location. */
  static List<VeleroInstall> sameLocation(VeleroInstall self, List<VeleroInstall> others) {
    Optional<String> location = InstallRecord.location(self);
    return others.stream()
        .filter(other -> location.isPresent() && InstallRecord.location(other).equals(location))
        .toList();
  }

  /** The first that uses the location, if it is not this one: its settings are the location's. */
  static Optional<VeleroInstall> senior(VeleroInstall self, List<VeleroInstall> others) {
    return sameLocation(self, others).stream()
        .min(BY_RANK)
        .filter(first -> BY_RANK.compare(first, self) < 0);
  }

  /**
   * Why a location may not be used by an install that only observes it, and so shows no credentials
   * for it: others of its namespace, or none at all, may.
   *
   * @param others the other VeleroInstalls that share the engine
   * @return empty where it may
   */
  static Optional<String> otherNamespaces(VeleroInstall self, List<VeleroInstall> others) {
    String namespace = self.getMetadata().getNamespace();
    List<VeleroInstall> users =
        InstallRecord.location(self).stream()
            .flatMap(name -> others.stream().filter(other -> InstallRecord.mayUse(other, name)))
            .filter(
                other -> !Policies.of(other, other.getSpec().managementPolicies()).observeOnly())
            .toList();
    return users.isEmpty()
            || users.stream().anyMatch(one -> one.getMetadata().getNamespace().equals(namespace))
        ? Optional.empty()
        : Optional.of(
            "LocationConflict: the bucket and prefix are used by another namespace of this hub, and"
                + " this VeleroInstall only observes them; take Observe away and name a Secret with"
                + " the credentials");
  }

  /** Whether two that share a location want it alike but for the credentials. */
  static boolean sameSettings(VeleroInstall one, VeleroInstall other, String namespace) {
    GenericKubernetesResource first =
        Location.storageLocation(one.getSpec().forProvider(), namespace, "");
    GenericKubernetesResource second =
        Location.storageLocation(other.getSpec().forProvider(), namespace, "");
    return Location.sameSettings(first, second);
  }

  /** Whether two take their credentials from the same key of the same Secret. */
  static boolean sameSecret(VeleroInstall one, VeleroInstall other) {
    return one.getMetadata().getNamespace().equals(other.getMetadata().getNamespace())
        && one.getSpec()
            .forProvider()
            .credentials()
            .equals(other.getSpec().forProvider().credentials());
  }
}
