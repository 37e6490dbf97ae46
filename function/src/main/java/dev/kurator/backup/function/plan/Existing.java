package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.SharedPassword;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a claim has on the hub already.
 *
 * @param operations operations whose managed resource exists
 * @param retained those whose resource says that its data stays when it goes
 * @param backups how far each backup among them has come
 * @param ways whom a VeleroInstall opens whose backups, and whether both have the same repository
 *     password, where it has told that already
 * @param members how each member with a managed resource of the claim is registered, by name
 * @param identities identity of the cluster behind each member, where a VeleroInstall knows it
 */
public record Existing(
    Set<Operation> operations,
    Set<Operation> retained,
    Map<Operation, Taken> backups,
    Map<Site, Optional<SharedPassword>> ways,
    Map<String, ProviderConfigReference.Kind> members,
    Map<String, String> identities) {

  /** Copies the collections. */
  public Existing {
    operations = Set.copyOf(operations);
    retained = Set.copyOf(retained);
    backups = Map.copyOf(backups);
    ways = Map.copyOf(ways);
    members = Map.copyOf(members);
    identities = Map.copyOf(identities);
  }

  /**
   * Restores whose way is open and whose backup is there: since a Migrate opens its ways before its
   * backup begins, they tell its targets where its status is lost.
   */
  Set<Operation> opened() {
    Set<Operation> opened = new HashSet<>();
    for (Site site : ways.keySet()) {
      for (Operation operation : site.isOwn() ? Set.<Operation>of() : operations) {
        if (operation.kind() == Operation.Kind.Backup && operation.member().equals(site.source())) {
          opened.add(new Operation(Operation.Kind.Restore, site.member(), operation.policy()));
        }
      }
    }
    return opened;
  }

  /** The next step to part with an operation that the claim does not select any more. */
  Decision leave(Operation operation) {
    return retained.contains(operation)
        ? new Decision.Drop(operation)
        : new Decision.Release(operation);
  }
}
