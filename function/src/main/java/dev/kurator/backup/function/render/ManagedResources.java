package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.ClaimId;
import dev.kurator.backup.function.plan.Decision;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Plan;
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
  private final SortedMap<String, Composed> resources = new TreeMap<>();
  private final List<Operation> dropped = new ArrayList<>();

  private ManagedResources(ClaimId claim, Observed observed) {
    this.observed = observed;
    this.names = new ObjectNames(claim, observed);
  }

  static SortedMap<String, Composed> of(
      ClaimId claim, Optional<BackupIntent> intent, Plan plan, Observed observed) {
    ManagedResources rendered = new ManagedResources(claim, observed);
    Optional<Specs> specs =
        intent.map(wanted -> new Specs(rendered.names, wanted, plan.decisions().size()));
    for (Decision decision : plan.decisions()) {
      rendered.carryOut(decision, specs);
    }
    rendered.keepRest();
    plan.idle().forEach(member -> rendered.resources.remove(Keys.install(member)));
    rendered.dropped.forEach(operation -> rendered.resources.remove(Keys.operation(operation)));
    return rendered.resources;
  }

  /** What is observed and not rendered by a decision. */
  private void keepRest() {
    observed.installs().forEach((member, install) -> putInstall(member, install::spec));
    observed
        .operations()
        .forEach(
            (operation, there) -> {
              if (!resources.containsKey(Keys.operation(operation))) {
                put(operation, there.spec());
              }
            });
  }

  private void carryOut(Decision decision, Optional<Specs> specs) {
    Operation operation = decision.operation();
    switch (decision) {
      case Decision.Carry carry ->
          specs.ifPresent(
              wanted -> {
                putInstall(operation.member(), () -> wanted.install(carry));
                put(operation, wanted.operation(carry));
              });
      case Decision.Release _ -> {
        if (observed.operations().get(operation) instanceof ObservedSchedule schedule) {
          put(operation, schedule.retaining());
        }
      }
      case Decision.Drop _ -> dropped.add(operation);
      case Decision.Keep _, Decision.Recall _, Decision.Hold _, Decision.Expire _ -> {}
    }
  }

  /** A member has one, whichever of its operations comes first. */
  private void putInstall(String member, Supplier<Record> spec) {
    resources.computeIfAbsent(
        Keys.install(member),
        _ -> {
          ObservedInstall there = observed.installs().get(member);
          return new Composed(
              "VeleroInstall",
              names.claim().namespace(),
              names.install(member),
              names.labels(),
              spec.get(),
              isReady(there == null ? List.of() : there.status().conditions()));
        });
  }

  private void put(Operation operation, Record spec) {
    ObservedOperation there = observed.operations().get(operation);
    resources.put(
        Keys.operation(operation),
        new Composed(
            Keys.resource(operation.kind()),
            names.claim().namespace(),
            names.resource(operation),
            names.labels(operation),
            spec,
            isReady(there == null ? List.of() : there.conditions())));
  }

  private static boolean isReady(List<Condition> conditions) {
    return new Health(conditions).ready();
  }
}
