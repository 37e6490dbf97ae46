package dev.kurator.backup.function.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.BackupStatus;
import dev.kurator.backup.apis.claim.MigrateStatus;
import dev.kurator.backup.apis.claim.RestoreStatus;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroBackupStatus;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.apis.managed.VeleroInstallStatus;
import dev.kurator.backup.apis.managed.VeleroRestoreSpec;
import dev.kurator.backup.apis.managed.VeleroRestoreStatus;
import dev.kurator.backup.apis.managed.VeleroScheduleSpec;
import dev.kurator.backup.apis.managed.VeleroScheduleStatus;
import dev.kurator.backup.function.claim.ClaimId;
import dev.kurator.backup.function.claim.Problem;
import dev.kurator.backup.function.claim.Selection;
import dev.kurator.backup.function.claim.Verdict;
import dev.kurator.backup.function.plan.Asked;
import dev.kurator.backup.function.plan.ClaimPhase;
import dev.kurator.backup.function.plan.Earlier;
import dev.kurator.backup.function.plan.Member;
import dev.kurator.backup.function.plan.Obstacle.Reason;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Planner;
import dev.kurator.backup.function.plan.Site;
import dev.kurator.backup.function.plan.Situation;
import dev.kurator.backup.function.plan.SourceBackup;
import dev.kurator.backup.function.render.ClaimCondition.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** One claim on a hub where anything may happen at any time, drawn from a seed. */
final class SimulatedHub {

  static final String NAMESPACE = "team-shop";

  private final Random random;
  private final Asked asked;
  private final SimulatedUser user;
  private final SimulatedProvider provider;
  private final Map<Selection, List<Member>> members = new HashMap<>();
  private final SortedMap<Site, ObservedInstall> installs = new TreeMap<>();
  private final SortedMap<Operation, ObservedOperation> operations = new TreeMap<>();
  private Optional<Report> report = Optional.empty();
  private List<ClaimCondition> conditions = List.of();
  private final List<Told> told = new ArrayList<>();
  private boolean deadlinePassed;
  private boolean circuitOpen;

  /** What the claim said at one time. */
  private record Told(Report report, List<ClaimCondition> conditions) {}

  SimulatedHub(long seed, Asked asked) {
    this.random = new Random(seed);
    this.asked = asked;
    this.user = new SimulatedUser(random, asked);
    this.provider = new SimulatedProvider(random, asked);
    user.selections().forEach(selection -> members.put(selection, List.of()));
  }

  /** A hub in the same state, whose future is another's. */
  SimulatedHub copy() {
    SimulatedHub copy = new SimulatedHub(0, asked);
    copy.installs.putAll(installs);
    copy.operations.putAll(operations);
    copy.report = report;
    copy.conditions = conditions;
    copy.deadlinePassed = deadlinePassed;
    copy.circuitOpen = circuitOpen;
    return copy;
  }

  /** The destinations that the claim knows. */
  List<Selection> selections() {
    return user.selections();
  }

  /** The claim's phase, as long as it has a status. */
  Optional<ClaimPhase> phase() {
    return report.map(Report::phase);
  }

  Observed observed() {
    return new Observed(
        Collections.unmodifiableSortedMap(new TreeMap<>(installs)),
        Collections.unmodifiableSortedMap(new TreeMap<>(operations)),
        new TreeMap<>());
  }

  /** All that the function is told now; listings and a valid claim may be missing at random. */
  Situation situation() {
    Verdict verdict =
        chance(10)
            ? new Verdict.Invalid(List.of(new Problem("spec.storage", "is odd")))
            : new Verdict.Valid(user.intent());
    Map<Selection, List<Member>> listed = new HashMap<>(members);
    if (chance(10)) {
      listed.remove(user.selections().get(random.nextInt(2)));
    }
    return situation(verdict, listed, user.source().found(), user.deletesData());
  }

  /** The claim and listings of another situation, with what is on the hub now. */
  Situation withSame(Situation other) {
    return situation(other.verdict(), other.listed(), other.source(), other.deletesData());
  }

  private Situation situation(
      Verdict verdict,
      Map<Selection, List<Member>> listed,
      SourceBackup source,
      boolean deletesData) {
    return new Situation(
        new ClaimId(asked == Asked.Schedule ? "Backup" : asked.name(), NAMESPACE, "c", ""),
        asked,
        verdict,
        listed,
        source,
        observed().existing(),
        earlier(),
        deadlinePassed,
        deletesData);
  }

  private Earlier earlier() {
    Optional<Reason> refusal =
        conditions.stream()
            .filter(one -> one.type().equals(ClaimCondition.ACCEPTED))
            .flatMap(one -> Reason.of(one.reason()).stream())
            .findFirst();
    return switch (report.map(Report::status).orElse(null)) {
      case null -> new Earlier(null, null, new TreeMap<>(), refusal);
      case BackupStatus status -> Earlier.of(status, Operation.Kind.valueOf(asked.name()), refusal);
      case RestoreStatus status -> Earlier.of(status, refusal);
      case MigrateStatus status -> Earlier.of(status, refusal);
      case Record other -> throw new AssertionError(other);
    };
  }

  Rendering render(Situation situation) {
    return Renderer.render(situation, Planner.plan(situation), observed(), conditions());
  }

  /** The claim's conditions: ours, and one of Crossplane's. */
  List<ClaimCondition> conditions() {
    List<ClaimCondition> all = new ArrayList<>(conditions);
    if (circuitOpen) {
      all.add(new ClaimCondition("Responsive", Status.False, "WatchCircuitOpen", "too busy"));
    }
    return all;
  }

  /** Whether Crossplane's circuit breaker is open: it drops the claim's events. */
  boolean isCircuitOpen() {
    return circuitOpen;
  }

  /** Something happens on the hub or on a member. */
  void happen() {
    switch (random.nextInt(9)) {
      case 0, 1 -> members.put(user.selections().getFirst(), user.someMembers(0));
      case 2 -> members.put(user.selections().getLast(), user.someMembers(1));
      case 3 -> deadlinePassed |= chance(asked == Asked.Migrate ? 5 : 20);
      case 4 -> deleteByHand(chance(50) ? 100 : 20);
      case 5 -> {
        user.edit();
        user.source().goOn();
      }
      case 6 -> {
        circuitOpen = chance(20);
        if (chance(15)) {
          loseStatus();
        }
      }
      default -> {
        operations.replaceAll(
            (operation, there) -> chance(40) ? provider.progressed(there) : there);
        if (asked == Asked.Migrate) {
          installs.replaceAll((site, there) -> chance(60) ? provider.reported(site, there) : there);
        }
      }
    }
  }

  /** The claim says what it said at some time before, or nothing. */
  private void loseStatus() {
    int when = random.nextInt(told.size() + 1);
    report = when == 0 ? Optional.empty() : Optional.of(told.get(when - 1).report());
    conditions = when == 0 ? List.of() : told.get(when - 1).conditions();
  }

  private void deleteByHand(int percent) {
    operations.keySet().removeIf(operation -> chance(percent));
    if (chance(30)) {
      installs.keySet().removeIf(site -> chance(percent));
    }
  }

  /** Crossplane carries an answer out: wholly, or up to a failure, and then without a status. */
  void apply(Rendering rendering) {
    apply(rendering, chance(15));
  }

  /** Crossplane carries an answer out without a failure. */
  void applyWholly(Rendering rendering) {
    apply(rendering, false);
  }

  private void apply(Rendering rendering, boolean fails) {
    installs.keySet().removeIf(one -> !rendering.resources().containsKey(Keys.install(one)));
    operations.keySet().removeIf(one -> !rendering.resources().containsKey(Keys.operation(one)));
    for (Map.Entry<String, Composed> entry : rendering.resources().entrySet()) {
      if (!fails || chance(50)) {
        apply(entry.getKey(), entry.getValue());
      }
    }
    if (!fails) {
      report = Optional.of(rendering.report());
      conditions = rendering.conditions();
      told.add(new Told(rendering.report(), conditions));
    }
  }

  private void apply(String key, Composed composed) {
    String name = composed.name();
    switch (composed.spec()) {
      case VeleroInstallSpec spec ->
          installs.merge(
              Keys.site(key).orElseThrow(),
              new ObservedInstall(name, spec, new VeleroInstallStatus(null, List.of(), null)),
              (there, now) -> new ObservedInstall(there.name(), spec, there.status()));
      case VeleroBackupSpec spec ->
          operations.merge(
              Keys.operation(key).orElseThrow(),
              new ObservedBackup(name, null, spec, new VeleroBackupStatus(null, List.of(), null)),
              (there, now) -> SimulatedProvider.respecified(there, spec));
      case VeleroScheduleSpec spec ->
          operations.merge(
              Keys.operation(key).orElseThrow(),
              new ObservedSchedule(name, spec, new VeleroScheduleStatus(null, List.of(), null)),
              (there, now) -> SimulatedProvider.respecified(there, spec));
      case VeleroRestoreSpec spec ->
          operations.merge(
              Keys.operation(key).orElseThrow(),
              new ObservedRestore(name, null, spec, new VeleroRestoreStatus(null, List.of(), null)),
              (there, now) -> SimulatedProvider.respecified(there, spec));
      default -> assertThat(composed.spec()).isNull();
    }
  }

  /** A member that cannot be reached any more: the provider says so on all of its resources. */
  Observed withoutReaching(String member) {
    List<Condition> away =
        List.of(
            SimulatedProvider.condition(
                Condition.SYNCED, "False", "cluster " + member + " is unreachable: timeout"));
    SortedMap<Site, ObservedInstall> installsThen = new TreeMap<>(installs);
    installsThen.replaceAll(
        (site, install) ->
            site.member().equals(member)
                ? new ObservedInstall(
                    install.name(), install.spec(), new VeleroInstallStatus(null, away, null))
                : install);
    SortedMap<Operation, ObservedOperation> operationsThen = new TreeMap<>(operations);
    operationsThen.replaceAll(
        (operation, there) ->
            operation.member().equals(member)
                ? SimulatedProvider.withConditions(there, away)
                : there);
    return new Observed(installsThen, operationsThen, new TreeMap<>());
  }

  /** How a member's resources say that it is registered. */
  static ProviderConfigReference registration(Composed composed) {
    return switch (composed.spec()) {
      case VeleroInstallSpec spec -> spec.providerConfigRef();
      case VeleroBackupSpec spec -> spec.providerConfigRef();
      case VeleroScheduleSpec spec -> spec.providerConfigRef();
      case VeleroRestoreSpec spec -> spec.providerConfigRef();
      default -> throw new AssertionError(composed.spec());
    };
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }
}
