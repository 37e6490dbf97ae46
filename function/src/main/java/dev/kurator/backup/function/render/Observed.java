package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.function.plan.Existing;
import dev.kurator.backup.function.plan.Operation;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The claim's managed resources as they are on the hub.
 *
 * @param installs by member
 * @param operations by what they do
 */
public record Observed(
    SortedMap<String, ObservedInstall> installs,
    SortedMap<Operation, ObservedOperation> operations) {

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
    // The install decides where its operations disagree: they go through it.
    installs.forEach(
        (member, install) -> members.put(member, install.spec().providerConfigRef().kind()));
    return new Existing(operations.keySet(), retained, members, identities());
  }

  private Map<String, String> identities() {
    Map<String, String> identities = new TreeMap<>();
    installs.forEach(
        (member, install) -> {
          var observation = install.status().atProvider();
          if (observation != null && observation.memberIdentity() != null) {
            identities.put(member, observation.memberIdentity());
          }
        });
    return identities;
  }
}
