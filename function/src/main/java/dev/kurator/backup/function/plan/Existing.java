package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.managed.ProviderConfigReference;
import java.util.Map;
import java.util.Set;

/**
 * What a claim has on the hub already.
 *
 * @param operations operations whose managed resource exists
 * @param retained those whose resource says that its data stays when it goes
 * @param members how each member with a managed resource of the claim is registered, by name
 * @param identities identity of the cluster behind each member, where a VeleroInstall knows it
 */
public record Existing(
    Set<Operation> operations,
    Set<Operation> retained,
    Map<String, ProviderConfigReference.Kind> members,
    Map<String, String> identities) {

  /** Copies the collections. */
  public Existing {
    operations = Set.copyOf(operations);
    retained = Set.copyOf(retained);
    members = Map.copyOf(members);
    identities = Map.copyOf(identities);
  }

  /** The next step to part with an operation that the claim does not select any more. */
  Decision leave(Operation operation) {
    return retained.contains(operation)
        ? new Decision.Drop(operation)
        : new Decision.Release(operation);
  }
}
