package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.SharedPassword;
import dev.kurator.backup.apis.managed.VeleroInstallObservation;
import dev.kurator.backup.function.plan.Existing;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Site;
import dev.kurator.backup.function.plan.Taken;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The claim's managed resources as they are on the hub.
 *
 * @param installs by what they open
 * @param operations by what they do
 * @param unreadable others of them by key, which are there and stay as they are
 */
public record Observed(
    SortedMap<Site, ObservedInstall> installs,
    SortedMap<Operation, ObservedOperation> operations,
    SortedMap<String, Unreadable> unreadable) {

  /** What of it a plan depends on. */
  public Existing existing() {
    Map<String, ProviderConfigReference.Kind> members = new TreeMap<>();
    Set<Operation> retained = new HashSet<>();
    operations.forEach(
        (operation, observed) -> {
          members.put(operation.member(), observed.member().kind());
          if (observed instanceof ObservedSchedule schedule && schedule.retains()) {
            retained.add(operation);
          }
        });
    unreadable.forEach(
        (key, one) ->
            Keys.operation(key)
                .map(Operation::member)
                .or(() -> Keys.site(key).map(Site::member))
                .ifPresent(member -> members.putIfAbsent(member, one.registration())));
    // The install decides where its operations disagree: they go through it.
    installs.forEach(
        (site, install) -> members.put(site.member(), install.spec().providerConfigRef().kind()));
    Set<Operation> all = new HashSet<>(operations.keySet());
    unreadable.keySet().forEach(key -> Keys.operation(key).ifPresent(all::add));
    return new Existing(all, retained, backups(), ways(), members, identities());
  }

  /** Whether any of them says that backup data is deleted when it goes. */
  boolean deletesData() {
    return operations.values().stream().anyMatch(ObservedOperation::deletesData)
        || unreadable.values().stream().anyMatch(Unreadable::deletesData);
  }

  /** Whether any of them decides what becomes of backup data when it goes. */
  boolean decidesAboutData() {
    return Stream.concat(
            operations.keySet().stream(),
            unreadable.keySet().stream().flatMap(key -> Keys.operation(key).stream()))
        .anyMatch(PolicyInForce::isOn);
  }

  /** Why an operation's resource cannot be read, if that is so. */
  Optional<String> unreadable(Operation operation) {
    return Optional.ofNullable(unreadable.get(Keys.operation(operation))).map(Unreadable::reason);
  }

  /** Why the own install of a member cannot be read, if that is so. */
  Optional<String> unreadableInstall(String member) {
    return Optional.ofNullable(unreadable.get(Keys.install(Site.own(member))))
        .map(Unreadable::reason);
  }

  /** The install that an operation goes through, if it is there. */
  Optional<ObservedInstall> installOf(ObservedOperation operation) {
    // Nearly all go through their member's own; a search for each would be felt in a large fleet.
    ObservedInstall own = installs.get(Site.own(operation.member().name()));
    return own != null && own.name().equals(operation.installName())
        ? Optional.of(own)
        : installs.values().stream()
            .filter(install -> install.name().equals(operation.installName()))
            .findFirst();
  }

  private Map<Operation, Taken> backups() {
    Map<Operation, Taken> backups = new HashMap<>();
    operations.forEach(
        (operation, there) -> {
          if (there instanceof ObservedBackup backup) {
            backups.put(operation, backup.taken());
          }
        });
    // it is there, so restores wait for it
    unreadable.forEach(
        (key, one) ->
            Keys.operation(key)
                .filter(operation -> operation.kind() == Operation.Kind.Backup)
                .ifPresent(
                    operation ->
                        backups.put(
                            operation,
                            Taken.of(null, null, null, List.of(), Optional.of(one.reason())))));
    return backups;
  }

  private Map<Site, Optional<SharedPassword>> ways() {
    Map<Site, Optional<SharedPassword>> ways = new HashMap<>();
    installs.forEach(
        (site, install) ->
            ways.put(
                site,
                Optional.ofNullable(install.status().atProvider())
                    .map(VeleroInstallObservation::sharedPassword)));
    return ways;
  }

  private Map<String, String> identities() {
    Map<String, String> identities = new TreeMap<>();
    installs.forEach(
        (site, install) -> {
          var observation = install.status().atProvider();
          if (observation != null && observation.memberIdentity() != null) {
            identities.put(site.member(), observation.memberIdentity());
          }
        });
    return identities;
  }
}
