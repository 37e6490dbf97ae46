package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.provider.velero.BackupPhase;
import dev.kurator.backup.provider.velero.Backups;
import dev.kurator.backup.provider.velero.Existing;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The life of a VeleroBackup, which runs once. No clock and no I/O but the sight it is given. */
final class BackupDecisions {

  private BackupDecisions() {}

  /** What to do next. */
  static BackupStep decide(BackupSituation situation, Sight<VeleroBackupObservation> sight) {
    if (over(situation.phase())) {
      return new BackupStep.Rest();
    }
    return switch (sight) {
      case Sight.Blind<VeleroBackupObservation> blind -> blind(situation, blind.reason());
      case Sight.Clear<VeleroBackupObservation> clear -> look(situation, clear);
    };
  }

  /** Whether a phase is one that nothing follows. */
  static boolean over(@Nullable String phase) {
    return phase != null && (phase.equals(Names.NOT_STARTED) || BackupPhase.of(phase).terminal());
  }

  /** What was announced may run unseen, so only what was not can end without a look. */
  private static BackupStep blind(BackupSituation situation, String reason) {
    boolean untouched = situation.externalName() == null && !situation.tried();
    return untouched && situation.late() ? notStarted(reason) : new BackupStep.Wait(reason);
  }

  private static BackupStep look(
      BackupSituation situation, Sight.Clear<VeleroBackupObservation> sight) {
    String name = situation.externalName();
    if (name == null) {
      return choose(situation, sight);
    }
    Optional<Sight.Found<VeleroBackupObservation>> found = sight.objects().apply(name);
    if (found.isPresent()) {
      return watch(situation, sight, name, found.get());
    }
    if (situation.phase() != null) {
      return failed(
          "Velero's Backup " + name + " disappeared before it ended; it is not taken again");
    }
    return choose(situation, sight);
  }

  private static BackupStep watch(
      BackupSituation situation,
      Sight.Clear<VeleroBackupObservation> sight,
      String name,
      Sight.Found<VeleroBackupObservation> found) {
    if (situation.phase() != null || !situation.mayCreate()) {
      return new BackupStep.Watch(name, found.observation());
    }
    return switch (found.match()) {
      case Existing.Adoptable adoptable -> new BackupStep.Watch(name, found.observation());
      case Existing.Released released -> choose(situation, sight);
      case Existing.Taken taken -> failed(NameChoice.NAME_TAKEN + taken.reason());
    };
  }

  private static BackupStep choose(
      BackupSituation situation, Sight.Clear<VeleroBackupObservation> sight) {
    if (!situation.mayCreate()) {
      return new BackupStep.Wait(
          situation.externalName() == null
              ? "nothing to observe: annotation " + Names.EXTERNAL_NAME + " names no Backup"
              : "Velero has no Backup " + situation.externalName());
    }
    Optional<String> obstacle = sight.obstacle().get();
    if (obstacle.isPresent()) {
      return situation.late() ? notStarted(obstacle.get()) : new BackupStep.Wait(obstacle.get());
    }
    return firstFreeName(situation, sight);
  }

  private static BackupStep firstFreeName(
      BackupSituation situation, Sight.Clear<VeleroBackupObservation> sight) {
    return switch (NameChoice.first(
        attempt -> Backups.name(situation.wantedName(), attempt), sight.objects())) {
      case NameChoice.Free<VeleroBackupObservation>(String name) ->
          situation.late()
              ? notStarted("Velero has no Backup " + name)
              : new BackupStep.Create(name);
      case NameChoice.Ours<VeleroBackupObservation>(String name, var seen) ->
          new BackupStep.Adopt(name, seen);
      case NameChoice.Taken<VeleroBackupObservation>(String reason) -> failed(reason);
    };
  }

  private static BackupStep failed(String reason) {
    return new BackupStep.End(ending("Failed", reason));
  }

  private static BackupStep notStarted(String reason) {
    return new BackupStep.End(
        ending(Names.NOT_STARTED, "did not start before its deadline: " + reason));
  }

  private static VeleroBackupObservation ending(String phase, String reason) {
    return new VeleroBackupObservation(
        phase,
        null,
        null,
        null,
        null,
        null,
        null,
        Objects.requireNonNull(reason),
        List.of(),
        List.of());
  }
}
