package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroRestore;
import dev.kurator.backup.apis.managed.VeleroRestoreObservation;
import dev.kurator.backup.provider.velero.Restores;
import dev.kurator.backup.provider.velero.VeleroKind;
import dev.kurator.backup.provider.velero.VeleroPhase;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Restores under way: what they read must not be deleted.
 *
 * @param byBackup a restore, as messages name it, by the name of Velero's Backup
 * @param any one that may read any backup, since it cannot be read which
 */
record Readers(Map<String, String> byBackup, @Nullable String any) {

  /** Of no backup at all. */
  static final Readers NONE = new Readers(Map.of(), null);

  /**
   * Asks the member, and the hub: other members may read the same folder.
   *
   * @param namespace of the resource whose data is to go: who has yet to begin counts there alone
   */
  static Readers of(KubernetesClient hub, Target.Reached target, String namespace) {
    Map<String, String> readers = new HashMap<>();
    String any = null;
    for (VeleroRestore restore :
        hub.resources(VeleroRestore.class).inAnyNamespace().list().getItems()) {
      Optional<String> read = reads(restore, namespace);
      read.ifPresent(backup -> readers.put(backup, shown(restore)));
      if (read.isEmpty() && mayReadAny(restore, namespace)) {
        any = shown(restore) + ", of which something cannot be read,";
      }
    }
    target.cluster().list(VeleroKind.Restore, target.namespace(), Map.of()).stream()
        .filter(restore -> !VeleroPhase.of(restore).terminal())
        .forEach(
            restore ->
                readers.put(
                    Restores.backupName(restore),
                    "Velero's Restore " + restore.getMetadata().getName()));
    return new Readers(Map.copyOf(readers), any);
  }

  /** Whether it reads a backup and cannot be read which; only those of its namespace count. */
  private static boolean mayReadAny(VeleroRestore restore, String namespace) {
    boolean unread =
        Unreadable.at(restore, "spec.forProvider.backupName")
            || Unreadable.at(restore, "status.atProvider.backupName")
            || Unreadable.at(restore, "status.atProvider.phase");
    return unread
        && restore.getMetadata().getNamespace().equals(namespace)
        && (restore.getStatus() == null
            || restore.getStatus().atProvider() == null
            || !OneTimeSituation.over(restore.getStatus().atProvider().phase()));
  }

  /** The backup that a restore of this hub reads, or is about to: a Migrate's names it at once. */
  private static Optional<String> reads(VeleroRestore restore, String namespace) {
    VeleroRestoreObservation seen =
        restore.getStatus() == null ? null : restore.getStatus().atProvider();
    if (seen != null && OneTimeSituation.over(seen.phase())) {
      return Optional.empty();
    }
    if (seen != null && seen.backupName() != null) {
      return Optional.of(seen.backupName());
    }
    return restore.isMarkedForDeletion() || !restore.getMetadata().getNamespace().equals(namespace)
        ? Optional.empty()
        : Optional.ofNullable(restore.getSpec().forProvider().backupName());
  }

  private static String shown(VeleroRestore restore) {
    return "VeleroRestore %s/%s"
        .formatted(restore.getMetadata().getNamespace(), restore.getMetadata().getName());
  }

  /** What reads a backup just now. */
  Optional<String> of(String backup) {
    return Optional.ofNullable(byBackup.getOrDefault(backup, any));
  }
}
