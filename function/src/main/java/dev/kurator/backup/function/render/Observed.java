package dev.kurator.backup.function.render;

import dev.kurator.backup.function.plan.Operation;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The claim's managed resources as they are on the hub.
 *
 * @param installs by member
 * @param backups by operation
 */
public record Observed(
    SortedMap<String, ObservedInstall> installs, SortedMap<Operation, ObservedBackup> backups) {

  /** Identity of the cluster behind each member, where the provider has seen it. */
  public Map<String, String> identities() {
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
