package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.BackupPolicy;
import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.claim.MigratePolicy;
import dev.kurator.backup.apis.claim.RestorePolicy;
import dev.kurator.backup.apis.claim.Storage;
import dev.kurator.backup.apis.claim.StorageLocation;
import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.apis.managed.ProviderConfigReference.Kind;
import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.Intent;
import dev.kurator.backup.function.claim.MigrateIntent;
import dev.kurator.backup.function.claim.PolicyIntent;
import dev.kurator.backup.function.claim.RestoreIntent;
import dev.kurator.backup.function.claim.Selection;
import dev.kurator.backup.function.claim.Timing;
import dev.kurator.backup.function.plan.Asked;
import dev.kurator.backup.function.plan.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Who writes the claim and registers members, both as chance will have it. */
final class SimulatedUser {

  /** The two destinations that there are, a fleet and a part of it. */
  static final List<Selection> SELECTIONS =
      List.of(new Selection("europe", Map.of()), new Selection("europe", Map.of("env", "prod")));

  /** Those of a Migrate: its source, its targets. */
  static final List<Selection> MIGRATED =
      List.of(new Selection("home", Map.of()), new Selection("europe", Map.of()));

  private static final Storage STORAGE =
      new Storage(new StorageLocation("b", StorageProvider.aws, null, "r", null, Map.of()), "s");

  static final List<String> NAMES = List.of("berlin", "oslo", "paris", "rome");

  private final Random random;

  /** Of its own, so that what else happens does not depend on it. */
  private final Random edits = new Random(1);

  private final Asked asked;
  private final SimulatedSource source;
  private Intent intent;

  SimulatedUser(Random random, Asked asked) {
    this.random = random;
    this.asked = asked;
    this.source =
        new SimulatedSource(random, backup(random.nextBoolean() ? Asked.Backup : Asked.Schedule));
    this.intent = write();
  }

  Intent intent() {
    return intent;
  }

  /** The Backup that a Restore of this user names. */
  SimulatedSource source() {
    return source;
  }

  /** Changes whatever may be changed: of what is carried out once, the deletionPolicy alone. */
  void edit() {
    switch (intent) {
      case BackupIntent backup when asked == Asked.Backup ->
          intent =
              new BackupIntent(
                  backup.storage(), backup.policies(), deletion(edits), backup.timing());
      case MigrateIntent migrate ->
          intent =
              new MigrateIntent(
                  migrate.storage(),
                  migrate.source(),
                  migrate.targets(),
                  migrate.policy(),
                  migrate.ttl(),
                  deletion(edits),
                  migrate.startDeadline());
      case BackupIntent _ -> intent = write();
      case RestoreIntent _ -> {}
    }
  }

  /** Whether the claim's deletionPolicy is Delete. */
  boolean deletesData() {
    return switch (intent) {
      case BackupIntent backup -> backup.deletionPolicy() == DeletionPolicy.Delete;
      case MigrateIntent migrate -> migrate.deletionPolicy() == DeletionPolicy.Delete;
      case RestoreIntent _ -> false;
    };
  }

  /** The two destinations that this user's claims know. */
  List<Selection> selections() {
    return asked == Asked.Migrate ? MIGRATED : SELECTIONS;
  }

  /**
   * Members, as they may be registered.
   *
   * @param destination which of the two selects them
   */
  List<Member> someMembers(int destination) {
    if (asked == Asked.Migrate) {
      return destination == 0 ? sources() : targets();
    }
    List<Member> some = new ArrayList<>();
    for (String name : NAMES) {
      if (chance(60)) {
        Kind registration = name.equals("rome") ? Kind.ProviderConfig : Kind.ClusterProviderConfig;
        some.add(member(registration, name));
      }
    }
    if (chance(5)) {
      some.add(member(Kind.ProviderConfig, "oslo"));
    }
    return some;
  }

  /** Nearly always berlin, and berlin alone. */
  private List<Member> sources() {
    List<Member> sources = new ArrayList<>();
    if (chance(95)) {
      sources.add(member(Kind.ClusterProviderConfig, "berlin"));
    }
    if (chance(5)) {
      sources.add(member(Kind.ClusterProviderConfig, "oslo"));
    }
    return sources;
  }

  private List<Member> targets() {
    List<Member> targets = new ArrayList<>();
    for (String name : NAMES) {
      if (chance(name.equals("berlin") ? 5 : 80)) {
        targets.add(member(Kind.ClusterProviderConfig, name));
      }
    }
    return targets;
  }

  private MigrateIntent migrate() {
    return new MigrateIntent(
        STORAGE,
        MIGRATED.getFirst(),
        MIGRATED.getLast(),
        MigratePolicy.UNSET,
        chance(50) ? "1h" : null,
        deletion(),
        "1h");
  }

  private Member member(Kind registration, String name) {
    List<String> allowed = chance(80) ? List.of("team-*") : List.of("other");
    return new Member(registration, name, allowed, chance(5));
  }

  private Intent write() {
    return switch (asked) {
      case Backup, Schedule -> backup(asked);
      case Restore -> restore(source.intent());
      case Migrate -> migrate();
    };
  }

  private RestoreIntent restore(BackupIntent backup) {
    List<RestoreIntent.Part> parts = new ArrayList<>();
    if (chance(50)) {
      backup.policies().stream()
          .filter(policy -> chance(70))
          .forEach(policy -> parts.add(new RestoreIntent.Part(policy.name(), RestorePolicy.UNSET)));
      if (chance(10)) {
        parts.add(new RestoreIntent.Part("no-such-policy", RestorePolicy.UNSET));
      }
    }
    Optional<Selection> destination =
        chance(50)
            ? Optional.of(SELECTIONS.get(random.nextInt(SELECTIONS.size())))
            : Optional.empty();
    return new RestoreIntent(
        "b",
        parts,
        destination,
        destination.isPresent() && chance(50) ? "atlantis" : null,
        chance(10) ? "backup-of-paris" : null,
        "1h");
  }

  private BackupIntent backup(Asked how) {
    List<PolicyIntent> policies = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      Selection selection = SELECTIONS.get(random.nextInt(SELECTIONS.size()));
      String ttl = (1 + random.nextInt(3)) + "h";
      BackupPolicy policy = new BackupPolicy(null, ttl, Map.of(), null, null);
      policies.add(new PolicyIntent("p" + random.nextInt(3) + i, selection, policy));
    }
    Timing timing =
        switch (how) {
          case Backup, Restore, Migrate -> new Timing.Once("1h");
          case Schedule ->
              new Timing.Scheduled("@every " + (1 + random.nextInt(9)) + "h", chance(20));
        };
    return new BackupIntent(STORAGE, policies, deletion(), timing);
  }

  private DeletionPolicy deletion() {
    return deletion(random);
  }

  private static DeletionPolicy deletion(Random random) {
    return random.nextInt(100) < 50 ? DeletionPolicy.Delete : DeletionPolicy.Retain;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }
}
