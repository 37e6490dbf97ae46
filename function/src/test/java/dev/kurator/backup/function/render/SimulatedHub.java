package dev.kurator.backup.function.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.BackupPolicy;
import dev.kurator.backup.apis.claim.BackupStatus;
import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.claim.Storage;
import dev.kurator.backup.apis.claim.StorageLocation;
import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroBackupStatus;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.apis.managed.VeleroInstallStatus;
import dev.kurator.backup.apis.managed.VeleroScheduleStatus;
import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.ClaimId;
import dev.kurator.backup.function.claim.PolicyIntent;
import dev.kurator.backup.function.claim.Problem;
import dev.kurator.backup.function.claim.Selection;
import dev.kurator.backup.function.claim.Timing;
import dev.kurator.backup.function.claim.Verdict;
import dev.kurator.backup.function.plan.Earlier;
import dev.kurator.backup.function.plan.Member;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Phases;
import dev.kurator.backup.function.plan.Planner;
import dev.kurator.backup.function.plan.Situation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** One claim on a hub where anything may happen at any time, drawn from a seed. */
final class SimulatedHub {

  private static final String NAMESPACE = "team-shop";
  private static final List<String> NAMES = List.of("berlin", "oslo", "paris", "rome");
  private static final List<String> PHASES =
      List.of("New", "InProgress", "Completed", "PartiallyFailed", "Failed", "NotStarted");
  private static final Selection EUROPE = new Selection("europe", Map.of());
  private static final Selection PROD = new Selection("europe", Map.of("env", "prod"));

  private static final ProviderConfigReference.Kind CLUSTER =
      ProviderConfigReference.Kind.ClusterProviderConfig;

  private final Operation.Kind kind = Operation.Kind.Backup;
  private final Random random;
  private final BackupIntent intent;
  private final Map<Selection, List<Member>> members = new HashMap<>();
  private final SortedMap<String, ObservedInstall> installs = new TreeMap<>();
  private final SortedMap<Operation, ObservedOperation> operations = new TreeMap<>();
  private BackupStatus status = new BackupStatus(null, null, List.of());
  private List<ClaimCondition> conditions = List.of();
  private boolean deadlinePassed;

  SimulatedHub(long seed) {
    random = new Random(seed);
    List<PolicyIntent> policies = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      Selection selection = random.nextBoolean() ? EUROPE : PROD;
      policies.add(new PolicyIntent("p" + i, selection, BackupPolicy.UNSET));
    }
    StorageLocation location =
        new StorageLocation("b", StorageProvider.aws, null, "r", null, Map.of());
    intent =
        new BackupIntent(
            new Storage(location, "s"), policies, DeletionPolicy.Retain, new Timing.Once("1h"));
    members.put(EUROPE, List.of());
    members.put(PROD, List.of());
  }

  BackupStatus status() {
    return status;
  }

  Observed observed() {
    return new Observed(
        Collections.unmodifiableSortedMap(new TreeMap<>(installs)),
        Collections.unmodifiableSortedMap(new TreeMap<>(operations)));
  }

  /** All that the function is told now; listings and a valid claim may be missing at random. */
  Situation situation() {
    Verdict verdict =
        chance(10)
            ? new Verdict.Invalid(List.of(new Problem("spec.storage", "is odd")))
            : new Verdict.Valid(intent);
    Map<Selection, List<Member>> listed = new HashMap<>(members);
    if (chance(10)) {
      listed.remove(chance(50) ? EUROPE : PROD);
    }
    return new Situation(
        new ClaimId("Backup", NAMESPACE, "c"),
        kind,
        verdict,
        listed,
        observed().existing(),
        Earlier.of(status, kind),
        deadlinePassed);
  }

  Rendering render(Situation situation) {
    return Renderer.render(situation, Planner.plan(situation), observed(), conditions);
  }

  /** Something happens on the hub or on a member. */
  void happen() {
    switch (random.nextInt(7)) {
      case 0, 1 -> members.put(EUROPE, someMembers());
      case 2 -> members.put(PROD, someMembers());
      case 3 -> deadlinePassed |= chance(20);
      case 4 -> deleteByHand(chance(50) ? 100 : 20);
      default ->
          operations.replaceAll((operation, there) -> chance(40) ? progressed(there) : there);
    }
  }

  private void deleteByHand(int percent) {
    operations.keySet().removeIf(operation -> chance(percent));
  }

  /** Crossplane carries an answer out: wholly, or up to a failure, and then without a status. */
  void apply(Rendering rendering) {
    boolean fails = chance(15);
    for (Map.Entry<String, Composed> entry : rendering.resources().entrySet()) {
      if (!fails || chance(50)) {
        apply(entry.getKey(), entry.getValue());
      }
    }
    if (!fails) {
      status = rendering.status();
      conditions = rendering.conditions();
    }
  }

  private void apply(String key, Composed composed) {
    switch (composed.spec()) {
      case VeleroInstallSpec spec ->
          installs.putIfAbsent(
              Keys.member(key).orElseThrow(),
              new ObservedInstall(
                  composed.name(), spec, new VeleroInstallStatus(null, List.of(), null)));
      case VeleroBackupSpec spec ->
          operations.putIfAbsent(
              Keys.operation(key).orElseThrow(),
              new ObservedBackup(
                  composed.name(), null, spec, new VeleroBackupStatus(null, List.of(), null)));
      default -> assertThat(composed.spec()).isNull();
    }
  }

  /** A member that cannot be reached any more: the provider says so on all of its resources. */
  Observed withoutReaching(String member) {
    List<Condition> away =
        List.of(
            new Condition(
                Condition.SYNCED,
                "False",
                "2026-01-01T12:00:00Z",
                "ReconcileError",
                "cluster " + member + " is unreachable: timeout",
                null));
    SortedMap<String, ObservedInstall> installsThen = new TreeMap<>(installs);
    installsThen.computeIfPresent(
        member,
        (name, install) ->
            new ObservedInstall(
                install.name(), install.spec(), new VeleroInstallStatus(null, away, null)));
    SortedMap<Operation, ObservedOperation> operationsThen = new TreeMap<>(operations);
    operationsThen.replaceAll(
        (operation, there) ->
            operation.member().equals(member) ? withConditions(there, away) : there);
    return new Observed(installsThen, operationsThen);
  }

  private List<Member> someMembers() {
    List<Member> some = new ArrayList<>();
    for (String name : NAMES) {
      if (chance(60)) {
        some.add(new Member(CLUSTER, name, chance(80) ? List.of("team-*") : List.of("other"), false));
      }
    }
    return some;
  }

  private ObservedOperation progressed(ObservedOperation there) {
    return switch (there) {
      case ObservedBackup backup -> progressed(backup);
      case ObservedSchedule schedule -> schedule;
    };
  }

  private ObservedBackup progressed(ObservedBackup backup) {
    var seen = backup.status().atProvider();
    if (seen != null && Phases.isTerminal(seen.phase())) {
      return backup;
    }
    String phase = PHASES.get(random.nextInt(PHASES.size()));
    return with(
        backup, new VeleroBackupStatus(VeleroBackupObservation.inPhase(phase), List.of(), null));
  }

  private static ObservedOperation withConditions(
      ObservedOperation there, List<Condition> conditions) {
    return switch (there) {
      case ObservedBackup backup ->
          with(backup, new VeleroBackupStatus(backup.status().atProvider(), conditions, null));
      case ObservedSchedule schedule ->
          new ObservedSchedule(
              schedule.name(),
              schedule.spec(),
              new VeleroScheduleStatus(schedule.status().atProvider(), conditions, null));
    };
  }

  private static ObservedBackup with(ObservedBackup backup, VeleroBackupStatus status) {
    return new ObservedBackup(backup.name(), backup.name(), backup.spec(), status);
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }
}
