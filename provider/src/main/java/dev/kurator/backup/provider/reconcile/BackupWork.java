package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupParameters;
import dev.kurator.backup.provider.velero.Backups;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Decides on a VeleroBackup whose member is reachable, and makes at most one Velero Backup. */
final class BackupWork {

  private static final int RACES = 5;

  private final Footing footing;
  private final BackupLook look;
  private VeleroBackup backup;

  BackupWork(VeleroBackup backup, Footing footing) {
    this.footing = footing;
    this.look = new BackupLook(backup, footing);
    this.backup = backup;
  }

  /** Writes annotations to the hub and gives the resource as it is then. */
  @FunctionalInterface
  interface Annotator {
    /** See {@link Annotations#write}. */
    VeleroBackup write(VeleroBackup backup, Map<String, String> annotations);
  }

  /**
   * What was decided and, where it was to create or adopt, done.
   *
   * @param backup the resource as it is now
   */
  record Result(VeleroBackup backup, BackupStep step) {}

  /** Name of Velero's Backup for messages. */
  String shownName() {
    return BackupReconciler.shown(backup);
  }

  /**
   * Decides and acts.
   *
   * @throws MemberTrouble where the member fails
   */
  Result proceed(Annotator hub, Instant now) {
    for (int race = 0; race < RACES; race++) {
      BackupStep step = decide(now);
      switch (step) {
        case BackupStep.Create create -> {
          announce(hub, create.name(), now);
          if (create(create.name())) {
            return new Result(backup, step);
          }
        }
        case BackupStep.Adopt adopt -> {
          backup = hub.write(backup, Map.of(Names.EXTERNAL_NAME, adopt.name()));
          watchObject(adopt.name());
          return new Result(backup, step);
        }
        case BackupStep.Rest rest -> {
          return new Result(backup, step);
        }
        case BackupStep.Wait wait -> {
          return new Result(backup, step);
        }
        case BackupStep.Watch watch -> {
          return new Result(backup, step);
        }
        case BackupStep.End end -> {
          return new Result(backup, step);
        }
      }
    }
    return new Result(backup, new BackupStep.Wait("the name of Velero's Backup is contended"));
  }

  private BackupStep decide(Instant now) {
    BackupSituation situation = BackupSituation.of(backup, now);
    try {
      return BackupDecisions.decide(situation, look.sight(situation));
    } catch (KubernetesClientException e) {
      throw MemberTrouble.of(footing.target().name(), e);
    }
  }

  /** On the hub before anything is on the member, so that a crash in between is found out. */
  private void announce(Annotator hub, String name, Instant now) {
    Map<String, String> annotations = Annotations.of(backup);
    if (!name.equals(annotations.get(Names.EXTERNAL_NAME))
        || !annotations.containsKey(Names.EXTERNAL_CREATE_PENDING)) {
      backup =
          hub.write(
              backup,
              Map.of(
                  Names.EXTERNAL_NAME,
                  name,
                  Names.EXTERNAL_CREATE_PENDING,
                  now.truncatedTo(ChronoUnit.SECONDS).toString()));
    }
    watchObject(name);
  }

  private void watchObject(String name) {
    footing
        .desk()
        .uses()
        .objects(User.of(ManagedKind.VeleroBackup, backup), BackupReconciler.objects(name));
  }

  private boolean create(String name) {
    VeleroBackupParameters parameters = backup.getSpec().forProvider();
    Target.Reached target = footing.target();
    try {
      target
          .cluster()
          .create(
              Backups.backup(
                  name,
                  target.namespace(),
                  parameters,
                  footing.location(),
                  footing.desk().hubId(),
                  target.identity()));
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return false;
      }
      throw MemberTrouble.of(target.name(), e);
    }
  }
}
