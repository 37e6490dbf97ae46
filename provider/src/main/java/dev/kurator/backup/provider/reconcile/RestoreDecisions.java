package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroRestoreObservation;
import dev.kurator.backup.provider.velero.BackupChoice;
import dev.kurator.backup.provider.velero.Existing;
import dev.kurator.backup.provider.velero.RestoreMarker;
import dev.kurator.backup.provider.velero.VeleroPhase;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The life of a VeleroRestore, which runs once and whose Backup is chosen once. What decides is, in
 * this order: the status, the member's marker, Velero's Restore, and only then the Backups there
 * are. No clock and no I/O but the sight it is given.
 */
final class RestoreDecisions {

  private final OneTimeSituation<VeleroRestoreObservation> situation;
  private final RestoreSight.Clear sight;
  private final String name;

  private RestoreDecisions(
      OneTimeSituation<VeleroRestoreObservation> situation, RestoreSight.Clear sight, String name) {
    this.situation = situation;
    this.sight = sight;
    this.name = name;
  }

  /** What to do next. */
  static RestoreStep decide(
      OneTimeSituation<VeleroRestoreObservation> situation, RestoreSight sight) {
    if (situation.over()) {
      return new RestoreStep.Rest();
    }
    return switch (sight) {
      case RestoreSight.Blind(String reason) ->
          situation.missed()
              ? new RestoreStep.End(notStarted(null, reason), null)
              : new RestoreStep.Wait(reason);
      case RestoreSight.Clear clear -> look(situation, clear);
    };
  }

  private static RestoreStep look(
      OneTimeSituation<VeleroRestoreObservation> situation, RestoreSight.Clear clear) {
    String name = situation.externalName();
    if (situation.mayCreate()) {
      return new RestoreDecisions(situation, clear, name == null ? situation.wantedName() : name)
          .step();
    }
    if (name == null) {
      return new RestoreStep.Wait(
          "nothing to observe: annotation " + Names.EXTERNAL_NAME + " names no Restore");
    }
    return clear
        .restore()
        .get()
        .<RestoreStep>map(found -> new RestoreStep.Watch(name, found.observation(), null))
        .orElseGet(() -> new RestoreStep.Wait("Velero has no Restore " + name));
  }

  private RestoreStep step() {
    Optional<Sight.Found<VeleroRestoreObservation>> found = sight.restore().get();
    if (seen() && found.isPresent() && !ended(found.get().observation())) {
      return told(found.get().observation(), null);
    }
    return switch (sight.memory().get()) {
      case RestoreSight.Memory.Other(String reason) -> taken(reason);
      case RestoreSight.Memory.Blank blank -> unmarked(found);
      case RestoreSight.Memory.Ours(RestoreMarker marker) -> marked(marker, found);
    };
  }

  private RestoreStep marked(
      RestoreMarker marker, Optional<Sight.Found<VeleroRestoreObservation>> found) {
    VeleroRestoreObservation outcome = marker.outcome();
    if (outcome != null) {
      return told(outcome, null);
    }
    if (found.isPresent()) {
      return there(marker, found.get());
    }
    if (marker.created() || seen()) {
      return disappeared(marker);
    }
    Optional<String> obstacle = sight.obstacle().get();
    if (situation.late()) {
      VeleroRestoreObservation end =
          notStarted(marker.choice(), obstacle.orElse("Velero has no Restore " + name));
      return new RestoreStep.End(end, marker.ended(end));
    }
    return obstacle
        .<RestoreStep>map(RestoreStep.Wait::new)
        .orElseGet(() -> new RestoreStep.Create(marker, true));
  }

  private RestoreStep unmarked(Optional<Sight.Found<VeleroRestoreObservation>> found) {
    if (found.isPresent()) {
      return there(sight.marker().apply(choice(found.get().observation())), found.get());
    }
    VeleroRestoreObservation before = situation.seen();
    if (before != null && before.phase() != null) {
      return disappeared(sight.marker().apply(choice(before)));
    }
    Optional<String> obstacle = sight.obstacle().get();
    return obstacle.isPresent() ? hindered(obstacle.get()) : choose();
  }

  private RestoreStep choose() {
    return switch (sight.choice().get()) {
      case BackupChoice.Waiting(String reason) -> hindered(reason);
      case BackupChoice.Never(String reason) ->
          new RestoreStep.End(ending("Failed", null, reason), null);
      case BackupChoice.Chosen chosen ->
          situation.late()
              ? hindered("Velero has no Restore " + name)
              : new RestoreStep.Create(sight.marker().apply(chosen), false);
    };
  }

  /** The member remembers it, or a rebuilt hub would run by surprise what was given up long ago. */
  private RestoreStep hindered(String reason) {
    if (!situation.late()) {
      return new RestoreStep.Wait(reason);
    }
    VeleroRestoreObservation end = notStarted(null, reason);
    return new RestoreStep.End(end, sight.marker().apply(choice(end)).ended(end));
  }

  private RestoreStep there(RestoreMarker marker, Sight.Found<VeleroRestoreObservation> found) {
    if (!seen() && found.match() instanceof Existing.Taken(String reason)) {
      return taken(reason);
    }
    VeleroRestoreObservation observation = found.observation();
    RestoreMarker created = marker.asCreated();
    RestoreMarker now = ended(observation) ? created.ended(observation) : created;
    return told(observation, now.equals(marker) ? null : now);
  }

  /** What the hub never announced is from before the resource. */
  private RestoreStep told(VeleroRestoreObservation observation, @Nullable RestoreMarker note) {
    return situation.externalName() == null
        ? new RestoreStep.Adopt(name, observation, note)
        : new RestoreStep.Watch(name, observation, note);
  }

  private RestoreStep disappeared(RestoreMarker marker) {
    VeleroRestoreObservation end =
        ending(
            "Failed",
            marker.choice(),
            "Velero's Restore " + name + " disappeared before it ended; it is not run again");
    return new RestoreStep.End(end, marker.asCreated().ended(end));
  }

  private static RestoreStep taken(String reason) {
    return new RestoreStep.End(ending("Failed", null, NameChoice.NAME_TAKEN + reason), null);
  }

  /** Whether the status says that Velero's Restore was there. */
  private boolean seen() {
    return situation.phase() != null;
  }

  private static boolean ended(VeleroRestoreObservation observation) {
    return VeleroPhase.of(observation.phase()).terminal();
  }

  private static BackupChoice.Chosen choice(VeleroRestoreObservation observation) {
    String backup = observation.backupName();
    return new BackupChoice.Chosen(backup == null ? "" : backup, observation.backupTimestamp());
  }

  private static VeleroRestoreObservation notStarted(
      BackupChoice.@Nullable Chosen choice, String reason) {
    return ending(Names.NOT_STARTED, choice, "did not start before its deadline: " + reason);
  }

  private static VeleroRestoreObservation ending(
      String phase, BackupChoice.@Nullable Chosen choice, String reason) {
    return new VeleroRestoreObservation(
        choice == null ? null : choice.backupName(),
        choice == null ? null : choice.startTimestamp(),
        phase,
        null,
        null,
        null,
        null,
        null,
        reason,
        List.of(),
        List.of());
  }
}
