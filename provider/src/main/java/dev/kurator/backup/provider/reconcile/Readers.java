package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroRestore;
import dev.kurator.backup.provider.velero.Restores;
import dev.kurator.backup.provider.velero.VeleroKind;
import dev.kurator.backup.provider.velero.VeleroPhase;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Restores under way: what they read must not be deleted.
 *
 * @param byBackup a restore, as messages name it, by the name of Velero's Backup
 */
record Readers(Map<String, String> byBackup) {

  /** Of no backup at all. */
  static final Readers NONE = new Readers(Map.of());

  /** Asks the member, and the hub: other members may read the same folder. */
  static Readers of(KubernetesClient hub, Target.Reached target) {
    Map<String, String> readers = new HashMap<>();
    for (VeleroRestore restore :
        hub.resources(VeleroRestore.class).inAnyNamespace().list().getItems()) {
      if (restore.getStatus() != null && restore.getStatus().atProvider() != null) {
        var seen = restore.getStatus().atProvider();
        if (seen.backupName() != null && !OneTimeSituation.over(seen.phase())) {
          readers.put(
              seen.backupName(),
              "VeleroRestore %s/%s"
                  .formatted(
                      restore.getMetadata().getNamespace(), restore.getMetadata().getName()));
        }
      }
    }
    target.cluster().list(VeleroKind.Restore, target.namespace(), Map.of()).stream()
        .filter(restore -> !VeleroPhase.of(restore).terminal())
        .forEach(
            restore ->
                readers.put(
                    Restores.backupName(restore),
                    "Velero's Restore " + restore.getMetadata().getName()));
    return new Readers(Map.copyOf(readers));
  }

  /** What reads a backup just now. */
  Optional<String> of(String backup) {
    return Optional.ofNullable(byBackup.get(backup));
  }
}
