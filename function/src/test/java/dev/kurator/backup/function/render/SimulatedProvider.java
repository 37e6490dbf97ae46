package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.BackupRun;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.SharedPassword;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroBackupStatus;
import dev.kurator.backup.apis.managed.VeleroInstallObservation;
import dev.kurator.backup.apis.managed.VeleroInstallStatus;
import dev.kurator.backup.apis.managed.VeleroRestoreObservation;
import dev.kurator.backup.apis.managed.VeleroRestoreSpec;
import dev.kurator.backup.apis.managed.VeleroRestoreStatus;
import dev.kurator.backup.apis.managed.VeleroScheduleObservation;
import dev.kurator.backup.apis.managed.VeleroScheduleSpec;
import dev.kurator.backup.apis.managed.VeleroScheduleStatus;
import dev.kurator.backup.function.plan.Asked;
import dev.kurator.backup.function.plan.Phases;
import dev.kurator.backup.function.plan.Site;
import java.util.List;
import java.util.Random;

/** What a provider might write into the status of operations. */
final class SimulatedProvider {

  private static final List<String> PHASES =
      List.of("New", "InProgress", "Completed", "PartiallyFailed", "Failed", "NotStarted");

  /** A Migrate has a second half only where the first ends well. */
  private static final List<String> GOOD_PHASES =
      List.of("New", "InProgress", "Completed", "Completed", "Completed", "Completed", "Failed");

  private final Random random;
  private final List<String> phases;

  SimulatedProvider(Random random, Asked asked) {
    this.random = random;
    this.phases = asked == Asked.Migrate && random.nextInt(4) > 0 ? GOOD_PHASES : PHASES;
  }

  ObservedOperation progressed(ObservedOperation there) {
    return switch (there) {
      case ObservedBackup backup -> progressed(backup);
      case ObservedSchedule schedule -> progressed(schedule);
      case ObservedRestore restore -> progressed(restore);
    };
  }

  private ObservedBackup progressed(ObservedBackup backup) {
    var seen = backup.status().atProvider();
    if (seen != null && Phases.isTerminal(seen.phase())) {
      return backup;
    }
    return with(
        backup, new VeleroBackupStatus(VeleroBackupObservation.inPhase(phase()), List.of(), null));
  }

  private ObservedSchedule progressed(ObservedSchedule schedule) {
    boolean enabled = random.nextInt(100) < 70;
    BackupRun run = new BackupRun("run", phase(), null, null, null, null, null, null, List.of());
    VeleroScheduleObservation seen =
        new VeleroScheduleObservation(
            enabled ? "Enabled" : "New", null, null, null, List.of(run), List.of());
    List<Condition> conditions =
        List.of(condition(Condition.READY, enabled ? "True" : "False", "as it is"));
    return new ObservedSchedule(
        schedule.name(), schedule.spec(), new VeleroScheduleStatus(seen, conditions, null));
  }

  private ObservedRestore progressed(ObservedRestore restore) {
    var seen = restore.status().atProvider();
    if (seen != null && Phases.isTerminal(seen.phase())) {
      return restore;
    }
    VeleroRestoreObservation now =
        new VeleroRestoreObservation(
            "chosen", null, phase(), null, null, null, null, null, null, List.of(), List.of());
    return with(restore, new VeleroRestoreStatus(now, List.of(), null));
  }

  /** What it says about a member and its repository password, which may change. */
  ObservedInstall reported(Site site, ObservedInstall there) {
    SharedPassword password =
        switch (random.nextInt(20)) {
          case 0 -> SharedPassword.Different;
          case 1, 2 -> SharedPassword.Unknown;
          default -> SharedPassword.Same;
        };
    String identity = random.nextInt(50) == 0 ? "berlin" : site.member();
    VeleroInstallObservation seen =
        new VeleroInstallObservation(
            identity, null, null, null, null, null, null, site.isOwn() ? null : password);
    return new ObservedInstall(
        there.name(), there.spec(), new VeleroInstallStatus(seen, List.of(), null));
  }

  private String phase() {
    return phases.get(random.nextInt(phases.size()));
  }

  static Condition condition(String type, String status, String message) {
    return new Condition(type, status, "2026-01-01T12:00:00Z", "SomeReason", message, null);
  }

  static ObservedOperation withConditions(ObservedOperation there, List<Condition> conditions) {
    return switch (there) {
      case ObservedBackup backup ->
          with(backup, new VeleroBackupStatus(backup.status().atProvider(), conditions, null));
      case ObservedSchedule schedule ->
          new ObservedSchedule(
              schedule.name(),
              schedule.spec(),
              new VeleroScheduleStatus(schedule.status().atProvider(), conditions, null));
      case ObservedRestore restore ->
          with(restore, new VeleroRestoreStatus(restore.status().atProvider(), conditions, null));
    };
  }

  static ObservedOperation respecified(ObservedOperation there, Record spec) {
    return switch (there) {
      case ObservedBackup backup ->
          new ObservedBackup(
              backup.name(), backup.name(), (VeleroBackupSpec) spec, backup.status());
      case ObservedSchedule schedule ->
          new ObservedSchedule(schedule.name(), (VeleroScheduleSpec) spec, schedule.status());
      case ObservedRestore restore ->
          new ObservedRestore(
              restore.name(), restore.name(), (VeleroRestoreSpec) spec, restore.status());
    };
  }

  private static ObservedRestore with(ObservedRestore restore, VeleroRestoreStatus status) {
    return new ObservedRestore(restore.name(), restore.name(), restore.spec(), status);
  }

  private static ObservedBackup with(ObservedBackup backup, VeleroBackupStatus status) {
    return new ObservedBackup(backup.name(), backup.name(), backup.spec(), status);
  }
}
