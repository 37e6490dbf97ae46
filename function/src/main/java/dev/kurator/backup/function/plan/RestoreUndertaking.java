package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.function.claim.RestoreIntent;
import dev.kurator.backup.function.plan.Obstacle.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A Restore: rendered once, and left as it is from then on, whatever becomes of the Backup. */
final class RestoreUndertaking implements Undertaking {

  private final Situation situation;
  private final RestoreIntent intent;
  private final Destinations destinations;
  private final List<Obstacle> obstacles = new ArrayList<>();
  private SortedMap<Operation, RestorePair> pairs = new TreeMap<>();
  private boolean listing;
  private boolean hopeless;

  RestoreUndertaking(Situation situation, RestoreIntent intent) {
    this.situation = situation;
    this.intent = intent;
    this.destinations = Destinations.ofStaying(situation.listed());
    switch (situation.source()) {
      case SourceBackup.Unlisted _ -> listing = true;
      case SourceBackup.Missing _ ->
          obstacles.add(
              new Obstacle(
                  Reason.BackupMissing,
                  "there is no Backup "
                      + intent.backupName()
                      + " in namespace "
                      + namespace()
                      + "; a Restore reads Backups of its own namespace only"));
      case SourceBackup.Leaving _ ->
          obstacles.add(
              new Obstacle(
                  Reason.BackupMissing, "Backup " + intent.backupName() + " is being deleted"));
      case SourceBackup.Invalid invalid ->
          obstacles.add(
              new Obstacle(
                  Reason.BackupInvalid,
                  "Backup "
                      + intent.backupName()
                      + " must be mended first: "
                      + invalid.problems().getFirst()));
      case SourceBackup.Found found -> resolve(found);
    }
  }

  private void resolve(SourceBackup.Found backup) {
    RestorePairs resolved = new RestorePairs(intent, backup, destinations);
    Optional<Obstacle> unknown = resolved.unknownPolicy();
    if (unknown.isPresent()) {
      obstacles.add(unknown.get());
      hopeless = true;
      return;
    }
    resolved.resolve(namespace(), situation.earlier().started());
    pairs = resolved.pairs();
    obstacles.addAll(resolved.obstacles());
    listing = resolved.listing();
  }

  @Override
  public Resolution resolution() {
    return new Resolution(new TreeSet<>(pairs.keySet()), obstacles, listing, hopeless);
  }

  @Override
  public Decision goOn(Operation operation) {
    return new Decision.Keep(operation);
  }

  @Override
  public Attempt attempt(Operation operation) {
    if (listing) {
      return new Attempt.Unlisted();
    }
    RestorePair pair = pairs.get(operation);
    if (!obstacles.isEmpty()
        || pair == null
        || !(situation.source() instanceof SourceBackup.Found backup)) {
      return new Attempt.Blocked(obstacles.isEmpty() ? unpaired(operation) : obstacles.getFirst());
    }
    BackupGate gate = new BackupGate(backup, intent);
    return gate.closed(pair)
        .or(
            () ->
                destinations
                    .obstacle(pair.selection(), pair.whose(), operation.member(), namespace())
                    .map(Attempt.Blocked::new))
        .orElseGet(() -> new Attempt.Possible(begin(backup, pair, gate.recovery(pair))));
  }

  private Decision begin(SourceBackup.Found backup, RestorePair pair, Recovery recovery) {
    Operation operation = pair.operation();
    Member member = destinations.member(pair.selection(), operation.member()).orElseThrow();
    Way way =
        new Way(
            new Site(operation.member(), pair.source()),
            backup.intent().storage(),
            backup.id().namespace(),
            new ProviderConfigReference(situation.registration(member), operation.member()),
            null);
    return new Decision.Begin(operation, way, recovery);
  }

  private Obstacle unpaired(Operation operation) {
    return new Obstacle(
        Reason.NoSource,
        "Backup "
            + intent.backupName()
            + " or the destination has no place for policy "
            + operation.policy()
            + " here any more");
  }

  private String namespace() {
    return situation.claim().namespace();
  }
}
