package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.Intent;
import dev.kurator.backup.function.claim.MigrateIntent;
import dev.kurator.backup.function.claim.RestoreIntent;
import dev.kurator.backup.function.plan.Decision;
import dev.kurator.backup.function.plan.Naming;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Plan;
import dev.kurator.backup.function.plan.Site;
import dev.kurator.backup.function.plan.Situation;
import dev.kurator.backup.function.plan.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Renders decisions as managed resources. What is observed stays, unless a decision says not. */
final class ManagedResources {

  private final Observed observed;
  private final ObjectNames names;
  private final boolean deletesData;
  private final SortedMap<String, Composed> resources = new TreeMap<>();
  private final List<Operation> dropped = new ArrayList<>();

  private ManagedResources(Situation situation, Observed observed) {
    this.observed = observed;
    this.names = new ObjectNames(new Naming(situation.claim()), observed);
    this.deletesData = situation.deletesData();
  }

  static SortedMap<String, Composed> of(
      Situation situation, Optional<Intent> intent, Plan plan, Observed observed) {
    ManagedResources rendered = new ManagedResources(situation, observed);
    Optional<Specs> specs =
        intent
            .flatMap(ManagedResources::backups)
            .map(wanted -> new Specs(rendered.names, wanted, plan.decisions().size()));
    RestoreSpecs restores = new RestoreSpecs(rendered.names, plan.decisions().size());
    for (Decision decision : plan.decisions()) {
      rendered.carryOut(decision, specs, restores);
    }
    rendered.keepRest();
    plan.idle().forEach(member -> rendered.resources.remove(Keys.install(Site.own(member))));
    rendered.dropped.forEach(operation -> rendered.resources.remove(Keys.operation(operation)));
    return rendered.resources;
  }

  private static Optional<BackupIntent> backups(Intent intent) {
    return switch (intent) {
      case BackupIntent backup -> Optional.of(backup);
      case MigrateIntent migrate -> Optional.of(migrate.backup());
      case RestoreIntent _ -> Optional.empty();
    };
  }

  /**
   * What is observed and not rendered by a decision stays as it is, also where the claim is invalid
   * or too large. Only a Retain arrives all the same: data that is deleted does not come back.
   */
  private void keepRest() {
    observed.installs().forEach((site, install) -> putInstall(site, install::spec));
    observed
        .operations()
        .forEach(
            (operation, there) -> {
              if (!resources.containsKey(Keys.operation(operation))) {
                put(operation, deletesData ? there.spec() : there.retaining());
              }
            });
  }

  private void carryOut(Decision decision, Optional<Specs> specs, RestoreSpecs restores) {
    Operation operation = decision.operation();
    switch (decision) {
      case Decision.Carry carry ->
          specs.ifPresent(
              wanted -> {
                putInstall(Site.own(operation.member()), () -> wanted.install(carry));
                put(operation, wanted.operation(carry));
              });
      case Decision.Begin begin -> {
        open(begin.way());
        put(operation, restores.of(begin));
      }
      case Decision.Prepare prepare -> open(prepare.way());
      case Decision.Release _ -> {
        ObservedOperation there = observed.operations().get(operation);
        if (there != null) {
          put(operation, there.retaining());
        }
      }
      case Decision.Drop _ -> dropped.add(operation);
      case Decision.Keep _,
          Decision.Recall _,
          Decision.Hold _,
          Decision.Expire _,
          Decision.Refuse _ -> {}
    }
  }

  /** One that is there stays as it is: others may have begun through it. */
  private void open(Way way) {
    ObservedInstall there = observed.installs().get(way.site());
    putInstall(way.site(), () -> there == null ? InstallSpecs.of(way) : there.spec());
  }

  /** There is one for each, whichever of its operations comes first. */
  private void putInstall(Site site, Supplier<Record> spec) {
    resources.computeIfAbsent(
        Keys.install(site),
        _ -> {
          ObservedInstall there = observed.installs().get(site);
          return new Composed(
              "VeleroInstall",
              names.given().claim().namespace(),
              names.install(site),
              names.given().labels(),
              spec.get(),
              isReady(there == null ? List.of() : there.status().conditions()));
        });
  }

  private void put(Operation operation, Record spec) {
    ObservedOperation there = observed.operations().get(operation);
    resources.put(
        Keys.operation(operation),
        new Composed(
            operation.kind().resource(),
            names.given().claim().namespace(),
            names.resource(operation),
            names.given().labels(operation.policy()),
            spec,
            isReady(there == null ? List.of() : there.conditions())));
  }

  private static boolean isReady(List<Condition> conditions) {
    return new Health(conditions).ready();
  }
}
