package dev.kurator.backup.function.wire;

import dev.kurator.backup.function.plan.Asked;
import dev.kurator.backup.function.plan.Existing;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Site;
import dev.kurator.backup.function.render.Keys;
import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * In a large fleet managed resources come in turns: everything at once would exhaust Crossplane's
 * circuit breaker before the first operation begins. Any word of a member's VeleroInstall is its
 * turn, a bad one too: a member that is out of reach holds up neither its own operations nor
 * others'.
 */
final class Turns {

  /** A claim with as many operations has all its resources at once. */
  static final int SMALL = 16;

  /** As many VeleroInstalls are made before there is a word of any. */
  static final int SILENT = 24;

  /** With more VeleroInstalls the breaker would open anyway, or the last would wait for hours. */
  static final int LARGEST = 60;

  private Turns() {}

  /**
   * The same answer without the resources whose turn has not come; what is there stays.
   *
   * @param asked by the claim; all ways of a Migrate are there before its backup begins
   */
  static RunFunctionResponse taken(RunFunctionResponse answer, Asked asked, Existing existing) {
    SortedSet<String> keys = new TreeSet<>(answer.getDesired().getResourcesMap().keySet());
    SortedMap<String, Operation> operations = new TreeMap<>();
    SortedMap<String, Site> installs = new TreeMap<>();
    for (String key : keys) {
      Keys.operation(key).ifPresent(operation -> operations.put(key, operation));
      Keys.site(key).ifPresent(site -> installs.put(key, site));
    }
    if (operations.size() <= SMALL) {
      return answer;
    }
    RunFunctionResponse.Builder less = answer.toBuilder();
    if (existing.members().isEmpty()) {
      begin(less, operations, installs);
    } else {
      operations(less, operations, existing);
      if (installs.size() <= LARGEST && asked != Asked.Migrate) {
        installs(less, installs, existing);
      }
    }
    return less.build();
  }

  /** All of a member's operations come together, so that the provider sees early how many. */
  private static void operations(
      RunFunctionResponse.Builder less, Map<String, Operation> operations, Existing existing) {
    Set<String> begun =
        existing.operations().stream().map(Operation::member).collect(Collectors.toSet());
    operations.forEach(
        (key, operation) -> {
          if (!begun.contains(operation.member())
              && !existing.told().contains(operation.member())) {
            less.getDesiredBuilder().removeResources(key);
          }
        });
  }

  private static void installs(
      RunFunctionResponse.Builder less, Map<String, Site> installs, Existing existing) {
    Predicate<Site> silent = site -> !existing.told().contains(site.member());
    long waiting = existing.ways().keySet().stream().filter(silent).count();
    for (Map.Entry<String, Site> install : installs.entrySet()) {
      Site site = install.getValue();
      if (!existing.ways().containsKey(site) && silent.test(site) && ++waiting > SILENT) {
        less.getDesiredBuilder().removeResources(install.getKey());
      }
    }
  }

  /**
   * The first member alone; the next call comes as soon as it is there. Crossplane 2.3.4 starts a
   * watch for every resource in a first answer whose kind it does not watch yet, not one for the
   * kind, and from then on counts each event of that kind as often, for all claims.
   */
  private static void begin(
      RunFunctionResponse.Builder less,
      SortedMap<String, Operation> operations,
      SortedMap<String, Site> installs) {
    String first = operations.firstEntry().getValue().member();
    installs.forEach(
        (key, site) -> {
          if (!site.member().equals(first)) {
            less.getDesiredBuilder().removeResources(key);
          }
        });
    operations
        .tailMap(operations.firstKey() + "\0")
        .keySet()
        .forEach(less.getDesiredBuilder()::removeResources);
  }
}
