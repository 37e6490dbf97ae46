package dev.kurator.backup.function.render;

import dev.kurator.backup.function.plan.Naming;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Site;
import java.util.Optional;

/**
 * Names on hub and members. One that is observed stays: Crossplane lets nobody rename, and what
 * refers to it must say the same.
 *
 * @param given what new objects are called
 * @param observed those that are there
 */
record ObjectNames(Naming given, Observed observed) {

  /** Of a VeleroInstall. */
  String install(Site site) {
    ObservedInstall install = observed.installs().get(site);
    return install == null
        ? unreadable(Keys.install(site)).orElseGet(() -> given.install(site))
        : install.name();
  }

  /** Of an operation's managed resource. */
  String resource(Operation operation) {
    ObservedOperation there = observed.operations().get(operation);
    return there == null
        ? unreadable(Keys.operation(operation)).orElseGet(() -> given.resource(operation))
        : there.name();
  }

  /** Of what an operation makes on its member. */
  String onMember(Operation operation) {
    ObservedOperation there = observed.operations().get(operation);
    return there == null ? given.onMember(operation) : there.wantedName();
  }

  private Optional<String> unreadable(String key) {
    return Optional.ofNullable(observed.unreadable().get(key)).map(Unreadable::name);
  }
}
