package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.provider.velero.Backups;
import dev.kurator.backup.provider.velero.Existing;
import dev.kurator.backup.provider.velero.NameClash;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The life of a VeleroBackup, which runs once. No clock and no I/O but the sight it is given. */
final class BackupDecisions {

  private BackupDecisions() {}

  /** What to do next. */
  static BackupStep decide(
      OneTimeSituation<VeleroBackupObservation> situation, Sight<VeleroBackupObservation> sight) {
    if (situation.over()) {
      return new BackupStep.Rest();
    }
    return switch (sight) {
      case Sight.Blind<VeleroBackupObservation> blind -> blind(situation, blind.reason());
      case Sight.Clear<VeleroBackupObservation> clear -> look(situation, clear);
    };
  }

  /** What was announced may run unseen, so only what was not can end without a look. */
  private static BackupStep blind(
      OneTimeSituation<VeleroBackupObservation> situation, String reason) {
    return situation.missed() ? notStarted(reason) : new BackupStep.Wait(reason);
  }

  private static BackupStep look(
      OneTimeSituation<VeleroBackupObservation> situation,
      Sight.Clear<VeleroBackupObservation> sight) {
    String name = situation.externalName();
    if (name == null) {
      return choose(situation, sight);
    }
    Optional<Sight.Found<VeleroBackupObservation>> found = sight.objects().apply(name);
    if (found.isPresent()) {
      return watch(situation, sight, name, found.get());
    }
    if (situation.met()) {
      return failed(disappeared(situation, name));
    }
    return choose(situation, sight);
  }

  private static BackupStep watch(
      OneTimeSituation<VeleroBackupObservation> situation,
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
      OneTimeSituation<VeleroBackupObservation> situation,
      Sight.Clear<VeleroBackupObservation> sight) {
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
      OneTimeSituation<VeleroBackupObservation> situation,
      Sight.Clear<VeleroBackupObservation> sight) {
    return switch (NameChoice.first(
        attempt -> Backups.name(situation.wantedName(), attempt),
        name -> sight.objects().apply(name).map(BackupDecisions::passedBy))) {
      case NameChoice.Free<VeleroBackupObservation>(String name) ->
          situation.late()
              ? notStarted("Velero has no Backup " + name)
              : new BackupStep.Create(name);
      case NameChoice.Ours<VeleroBackupObservation>(String name, var seen) ->
          new BackupStep.Adopt(name, seen);
      case NameChoice.Taken<VeleroBackupObservation>(String reason) -> failed(reason);
    };
  }

  /** What failed because of its name stands for no data of its own: nobody takes it over. */
  private static Sight.Found<VeleroBackupObservation> passedBy(
      Sight.Found<VeleroBackupObservation> found) {
    return NameClash.is(found.observation().failureReason())
            && found.match() instanceof Existing.Adoptable
        ? new Sight.Found<>(new Existing.Released(), found.observation())
        : found;
  }

  private static String disappeared(
      OneTimeSituation<VeleroBackupObservation> situation, String name) {
    String when =
        situation.phase() == null ? "before its status could be written" : "before it ended";
    return "Velero's Backup %s disappeared %s; it is not taken again".formatted(name, when);
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
