package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.BackupPolicy;
import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.claim.Storage;
import dev.kurator.backup.apis.claim.StorageLocation;
import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.apis.managed.ProviderConfigReference.Kind;
import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.PolicyIntent;
import dev.kurator.backup.function.claim.Selection;
import dev.kurator.backup.function.claim.Timing;
import dev.kurator.backup.function.plan.Member;
import dev.kurator.backup.function.plan.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Who writes the claim and registers members, both as chance will have it. */
final class SimulatedUser {

  /** The two destinations that there are, a fleet and a part of it. */
  static final List<Selection> SELECTIONS =
      List.of(new Selection("europe", Map.of()), new Selection("europe", Map.of("env", "prod")));

  private static final List<String> NAMES = List.of("berlin", "oslo", "paris", "rome");

  private final Random random;
  private final Operation.Kind kind;
  private BackupIntent intent;

  SimulatedUser(Random random, Operation.Kind kind) {
    this.random = random;
    this.kind = kind;
    this.intent = write();
  }

  BackupIntent intent() {
    return intent;
  }

  /** Changes whatever may be changed: nothing of a Backup that is taken once. */
  void edit() {
    switch (kind) {
      case Backup -> {}
      case Schedule -> intent = write();
    }
  }

  List<Member> someMembers() {
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

  private Member member(Kind registration, String name) {
    List<String> allowed = chance(80) ? List.of("team-*") : List.of("other");
    return new Member(registration, name, allowed, chance(5));
  }

  private BackupIntent write() {
    List<PolicyIntent> policies = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      Selection selection = SELECTIONS.get(random.nextInt(SELECTIONS.size()));
      String ttl = (1 + random.nextInt(3)) + "h";
      BackupPolicy policy = new BackupPolicy(null, ttl, Map.of(), null, null);
      policies.add(new PolicyIntent("p" + random.nextInt(3) + i, selection, policy));
    }
    StorageLocation location =
        new StorageLocation("b", StorageProvider.aws, null, "r", null, Map.of());
    DeletionPolicy deletion = chance(50) ? DeletionPolicy.Delete : DeletionPolicy.Retain;
    Timing timing =
        switch (kind) {
          case Backup -> new Timing.Once("1h");
          case Schedule ->
              new Timing.Scheduled("@every " + (1 + random.nextInt(9)) + "h", chance(20));
        };
    return new BackupIntent(new Storage(location, "s"), policies, deletion, timing);
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }
}
