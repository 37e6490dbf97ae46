package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.function.claim.MigrateIntent;
import dev.kurator.backup.function.claim.PolicyIntent;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A Migrate: the ways to the source's backups are opened first, then the source is backed up, then
 * each target restores that backup.
 */
final class MigrateUndertaking implements Undertaking {

  private final Situation situation;
  private final MigrateIntent intent;
  private final PolicyIntent policy;
  private final MigrateMembers members;
  private final MigrateParties parties;

  MigrateUndertaking(Situation situation, MigrateIntent intent) {
    this.situation = situation;
    this.intent = intent;
    this.policy = intent.backup().policies().getFirst();
    Destinations destinations = Destinations.ofStaying(situation.listed());
    this.members = new MigrateMembers(situation, intent, destinations);
    this.parties = new MigrateParties(situation, intent, destinations);
  }

  @Override
  public Resolution resolution() {
    return parties.resolution();
  }

  @Override
  public Decision goOn(Operation operation) {
    return switch (operation.kind()) {
      case Backup ->
          new Decision.Carry(operation, policy, members.registration(operation.member()));
      case Restore, Schedule -> new Decision.Keep(operation);
    };
  }

  @Override
  public Attempt attempt(Operation operation) {
    return parties
        .backup()
        .map(
            backup ->
                switch (operation.kind()) {
                  case Backup -> backUp(operation);
                  case Restore -> restore(operation, backup);
                  case Schedule -> new Attempt.Orphaned("a Migrate has no schedules");
                })
        .orElseGet(
            () -> new Attempt.Orphaned("the claim's status does not say which cluster it is from"));
  }

  private Attempt backUp(Operation backup) {
    if (!members.areListed()) {
      return new Attempt.Unlisted();
    }
    MigrateGate gate = new MigrateGate(situation.existing(), backup.member());
    List<Operation> usable =
        parties.restores().stream().filter(one -> members.obstacle(one).isEmpty()).toList();
    return members
        .obstacle(backup)
        .or(() -> gate.closed(parties.restores()))
        .<Attempt>map(Attempt.Blocked::new)
        .orElseGet(
            () ->
                new Attempt.Possible(
                    gate.awaited(usable)
                        .<Decision>map(
                            why -> new Decision.Prepare(backup, members.way(backup, backup), why))
                        .orElseGet(
                            () ->
                                new Decision.Carry(
                                    backup, policy, members.registration(backup.member())))));
  }

  private Attempt restore(Operation restore, Operation backup) {
    Optional<Taken> taken = taken(backup);
    if (taken.isEmpty()) {
      return untaken(restore, backup);
    }
    if (taken.get().hasEnded() && !taken.get().isComplete()) {
      return new Attempt.Hopeless(
          "the backup of "
              + backup.member()
              + " ended "
              + taken.get().phase()
              + (taken.get().why() == null ? "" : ": " + taken.get().why())
              + "; nothing was restored");
    }
    return taken.get().isComplete()
        ? bring(restore, backup, taken.get())
        : awaiting(restore, backup);
  }

  /** The backup has not begun: whether it still may decides what the targets can hope for. */
  private Attempt untaken(Operation restore, Operation backup) {
    if (!members.areListed()) {
      return new Attempt.Unlisted();
    }
    return situation.deadlinePassed()
        ? new Attempt.Hopeless(
            "the backup of " + backup.member() + " did not start in time; nothing was restored")
        : awaiting(restore, backup);
  }

  private Attempt awaiting(Operation restore, Operation backup) {
    if (!members.targetsAreListed()) {
      return new Attempt.Unlisted();
    }
    Optional<Obstacle> obstacle = members.obstacle(restore);
    if (obstacle.isEmpty()) {
      return prepare(restore, backup, "waits for the backup of " + backup.member());
    }
    // Until the backup has ended, nobody is late.
    return situation.deadlinePassed()
        ? new Attempt.Unhurried(new Decision.Hold(restore, obstacle.get().message()))
        : new Attempt.Blocked(obstacle.get());
  }

  private Attempt bring(Operation restore, Operation backup, Taken taken) {
    MigrateGate gate = new MigrateGate(situation.existing(), backup.member());
    if (gate.isSource(restore)) {
      return new Attempt.Hopeless(
          "it is the source, " + backup.member() + ", under another name; nothing was restored");
    }
    if (!members.targetsAreListed()) {
      return new Attempt.Unlisted();
    }
    Optional<Obstacle> obstacle = members.obstacle(restore).or(() -> gate.closed(restore));
    if (obstacle.isPresent()) {
      return new Attempt.Blocked(obstacle.get());
    }
    return gate.hasTold(restore)
        ? begin(restore, backup, taken)
        : prepare(
            restore,
            backup,
            "has not said yet whether its repository password is that of " + backup.member());
  }

  private Attempt begin(Operation restore, Operation backup, Taken taken) {
    String name =
        Objects.requireNonNullElseGet(
            taken.name(), () -> new Naming(situation.claim()).onMember(backup));
    Recovery recovery =
        new Recovery(
            situation.claim(),
            name,
            false,
            intent.brought(),
            intent.hash(name, backup.member()),
            intent.startDeadline());
    Decision begin = new Decision.Begin(restore, members.way(restore, backup), recovery);
    // One that had begun is gone by somebody's hand: it gets no second chance for ever.
    return Optional.ofNullable(situation.earlier().details().get(restore))
            .filter(entry -> Phases.hasBegun(entry.phase()))
            .isPresent()
        ? new Attempt.Possible(begin)
        : new Attempt.Unhurried(begin);
  }

  private Attempt prepare(Operation restore, Operation backup, String why) {
    return new Attempt.Unhurried(new Decision.Prepare(restore, members.way(restore, backup), why));
  }

  /** How far the backup has come, unless it has neither a resource nor an end. */
  private Optional<Taken> taken(Operation backup) {
    Optional<Taken> told =
        situation.earlier().details().get(backup) instanceof BackupDetail entry
            ? Optional.of(Taken.of(entry)).filter(Taken::hasEnded)
            : Optional.empty();
    // A hub restored from its own backup has lost the resource's status, but nothing is undone.
    return Optional.ofNullable(situation.existing().backups().get(backup))
        .filter(seen -> seen.hasEnded() || told.isEmpty())
        .or(() -> told);
  }
}
