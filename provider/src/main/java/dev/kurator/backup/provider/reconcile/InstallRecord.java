package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.LocationName;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallObservation;
import dev.kurator.backup.apis.syntax.Syntax;
import dev.kurator.backup.provider.velero.Location;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a VeleroInstall says of what was made for it on its member, where its spec or its
 * registration cannot be read any more. Anybody who may edit it may have written it, so it is used
 * only where it has the form of what the provider writes.
 */
final class InstallRecord {

  private static final String LOCATION = "spec.forProvider.location";
  private static final String ACCESS_MODE = "spec.forProvider.accessMode";
  private static final Pattern NAMESPACE = Pattern.compile(Syntax.DNS_LABEL);
  private static final int LONGEST_NAMESPACE = 63;

  private InstallRecord() {}

  /**
   * Name of the location that an install uses: where the spec cannot be read, the one that was
   * written before anything was made for it, or else the one that was seen on the member.
   *
   * @return empty where nothing says so
   */
  static Optional<String> location(VeleroInstall install) {
    return Unreadable.at(install, LOCATION) || Unreadable.at(install, ACCESS_MODE)
        ? recordedLocation(install)
        : Optional.of(Location.name(install.getSpec().forProvider()));
  }

  private static Optional<String> recordedLocation(VeleroInstall install) {
    return Stream.of(
            Optional.ofNullable(Annotations.of(install).get(Names.EXTERNAL_NAME)),
            observed(install, VeleroInstallObservation::storageLocation))
        .flatMap(Optional::stream)
        .filter(LocationName::isValid)
        .findFirst();
  }

  /**
   * Whether an install may use a location: any, where something was made for it and nothing says
   * what.
   */
  static boolean mayUse(VeleroInstall install, String location) {
    return location(install).map(location::equals).orElseGet(() -> isAnnounced(install));
  }

  private static boolean isAnnounced(VeleroInstall install) {
    return Annotations.of(install).containsKey(Names.EXTERNAL_NAME);
  }

  /** Velero's namespace on the member as it was when the member was seen; empty before that. */
  static Optional<String> namespace(VeleroInstall install) {
    return observed(install, VeleroInstallObservation::namespace)
        .filter(name -> name.length() <= LONGEST_NAMESPACE && NAMESPACE.matcher(name).matches());
  }

  /** Identity of the member as it was seen; empty before that. */
  static Optional<String> memberIdentity(VeleroInstall install) {
    return observed(install, VeleroInstallObservation::memberIdentity);
  }

  private static Optional<String> observed(
      VeleroInstall install, Function<VeleroInstallObservation, @Nullable String> field) {
    return Optional.ofNullable(install.getStatus())
        .flatMap(status -> Optional.ofNullable(status.atProvider()))
        .flatMap(seen -> Optional.ofNullable(field.apply(seen)));
  }
}
