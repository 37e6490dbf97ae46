package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.provider.member.MemberApiException;
import dev.kurator.backup.provider.velero.Backups;
import dev.kurator.backup.provider.velero.NameClash;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;

/** Decides on a VeleroBackup whose member is reachable, and makes at most one Velero Backup. */
final class BackupWork {

  private final Footing footing;
  private final BackupLook look;
  private final Creation<VeleroBackup> creation;

  BackupWork(VeleroBackup backup, Footing footing, Creation.Annotator<VeleroBackup> hub) {
    this.footing = footing;
    this.look = new BackupLook(backup, footing);
    this.creation = new Creation<>(backup, footing, hub);
  }

  /**
   * What was decided and, where it was to create or adopt, done.
   *
   * @param backup the resource as it is now
   */
  record Result(VeleroBackup backup, BackupStep step) {}

  /**
   * Decides and acts.
   *
   * @throws MemberApiException where the member fails
   */
  Result proceed(Instant now) {
    for (int race = 0; race < Creation.RACES; race++) {
      BackupStep step = decide(now);
      switch (step) {
        case BackupStep.Create create -> {
          if (creation.make(wanted(create.name()), now)) {
            return met(step);
          }
        }
        case BackupStep.Adopt adopt -> {
          creation.adopt(adopt.name());
          return met(step);
        }
        case BackupStep.Rest rest -> {
          return result(step);
        }
        case BackupStep.Wait wait -> {
          return result(step);
        }
        case BackupStep.Watch watch -> {
          keepOthersData(watch);
          return met(step);
        }
        case BackupStep.End end -> {
          return result(step);
        }
      }
    }
    return result(new BackupStep.Wait(creation.contended()));
  }

  /**
   * Velero's Backup is there. Remembered before the status is written: where that write fails and
   * the Backup is gone by the next try, it must not be taken a second time.
   */
  private Result met(BackupStep step) {
    footing.desk().states().touching(creation.resource());
    return result(step);
  }

  private Result result(BackupStep step) {
    return new Result(creation.resource(), step);
  }

  /** Before the failure is written down, after which nobody looks at the object any more. */
  private void keepOthersData(BackupStep.Watch watch) {
    if (footing.operation().ownership() != Ownership.None
        && NameClash.is(watch.observation().failureReason())) {
      DataDeletion.keepOthersData(footing.target(), watch.name());
    }
  }

  private BackupStep decide(Instant now) {
    OneTimeSituation<VeleroBackupObservation> situation =
        OneTimeSituation.of(creation.resource(), footing.desk().states(), now);
    return BackupDecisions.decide(situation, look.sight(situation));
  }

  private GenericKubernetesResource wanted(String name) {
    Target.Reached target = footing.target();
    return Backups.backup(
        name,
        target.namespace(),
        creation.resource().getSpec().forProvider(),
        footing.location(),
        footing.origin());
  }
}
