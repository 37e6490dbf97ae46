package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.function.claim.MigrateIntent;
import dev.kurator.backup.function.claim.PolicyIntent;
import dev.kurator.backup.function.claim.Selection;
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
  private final Destinations destinations;
  private final MigrateParties parties;

  MigrateUndertaking(Situation situation, MigrateIntent intent) {
    this.situation = situation;
    this.intent = intent;
    this.policy = intent.backup().policies().getFirst();
    this.destinations = Destinations.ofStaying(situation.listed());
    this.parties = new MigrateParties(situation, intent, destinations);
  }

  @Override
  public Resolution resolution() {
    return parties.resolution();
  }

  @Override
  public Decision goOn(Operation operation) {
    return switch (operation.kind()) {
      case Backup -> new Decision.Carry(operation, policy, registration(operation.member()));
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
    if (!isListed()) {
      return new Attempt.Unlisted();
    }
    MigrateGate gate = new MigrateGate(situation.existing(), backup.member());
    List<Operation> usable =
        parties.restores().stream().filter(one -> obstacle(one).isEmpty()).toList();
    return obstacle(backup)
        .or(() -> gate.closed(parties.restores()))
        .<Attempt>map(Attempt.Blocked::new)
        .orElseGet(
            () ->
                new Attempt.Possible(
                    gate.awaited(usable)
                        .<Decision>map(
                            why -> new Decision.Prepare(backup, way(backup, backup), why))
                        .orElseGet(
                            () ->
                                new Decision.Carry(
                                    backup, policy, registration(backup.member())))));
  }

  private boolean isListed() {
    return destinations.isListed(intent.source()) && destinations.isListed(intent.targets());
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
              + "; nothing was restored: mend the cause, delete the Migrate and apply it again");
    }
    return taken.get().isComplete()
        ? bring(restore, backup, taken.get())
        : awaiting(restore, backup);
  }

  /** The backup has not begun: whether it still may decides what the targets can hope for. */
  private Attempt untaken(Operation restore, Operation backup) {
    if (!isListed()) {
      return new Attempt.Unlisted();
    }
    return situation.deadlinePassed()
        ? new Attempt.Hopeless(
            "the backup of " + backup.member() + " did not start in time; nothing was restored")
        : awaiting(restore, backup);
  }

  private Attempt awaiting(Operation restore, Operation backup) {
    if (!destinations.isListed(intent.targets())) {
      return new Attempt.Unlisted();
    }
    Optional<Obstacle> obstacle = obstacle(restore);
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
    if (!destinations.isListed(intent.targets())) {
      return new Attempt.Unlisted();
    }
    Optional<Obstacle> obstacle = obstacle(restore).or(() -> gate.closed(restore));
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
    Decision begin = new Decision.Begin(restore, way(restore, backup), recovery);
    // One that had begun is gone by somebody's hand: it gets no second chance for ever.
    return Optional.ofNullable(situation.earlier().details().get(restore))
            .filter(entry -> Phases.hasBegun(entry.phase()))
            .isPresent()
        ? new Attempt.Possible(begin)
        : new Attempt.Unhurried(begin);
  }

  private Attempt prepare(Operation restore, Operation backup, String why) {
    return new Attempt.Unhurried(new Decision.Prepare(restore, way(restore, backup), why));
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

  private Way way(Operation operation, Operation backup) {
    Site site = new Site(operation.member(), backup.member());
    return new Way(
        site,
        intent.storage(),
        situation.claim().namespace(),
        reference(site.member()),
        site.isOwn() ? null : reference(site.source()));
  }

  private ProviderConfigReference reference(String member) {
    return new ProviderConfigReference(registration(member), member);
  }

  /** Nobody may be registered under that name any more; then any kind says so. */
  private ProviderConfigReference.Kind registration(String member) {
    return Optional.ofNullable(situation.existing().members().get(member))
        .or(() -> destinations.member(intent.source(), member).map(Member::kind))
        .or(() -> destinations.member(intent.targets(), member).map(Member::kind))
        .orElse(ProviderConfigReference.Kind.ClusterProviderConfig);
  }

  private Optional<Obstacle> obstacle(Operation operation) {
    boolean source = operation.kind() == Operation.Kind.Backup;
    Selection selection = source ? intent.source() : intent.targets();
    return destinations.obstacle(
        selection,
        source ? MigrateParties.SOURCE : MigrateParties.TARGETS,
        operation.member(),
        situation.claim().namespace());
  }
}
