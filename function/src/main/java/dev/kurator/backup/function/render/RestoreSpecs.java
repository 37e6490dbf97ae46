package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.RestorePolicy;
import dev.kurator.backup.apis.managed.VeleroRestoreParameters;
import dev.kurator.backup.apis.managed.VeleroRestoreSpec;
import dev.kurator.backup.function.plan.Decision;
import dev.kurator.backup.function.plan.Naming;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Recovery;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Specs of VeleroRestores.
 *
 * @param names of the claim's objects
 * @param operations how many operations there are
 */
record RestoreSpecs(ObjectNames names, int operations) {

  VeleroRestoreSpec of(Decision.Begin begin) {
    Operation operation = begin.operation();
    Recovery recovery = begin.recovery();
    Map<String, String> newest = new Naming(recovery.backup()).labels(operation.policy());
    return new VeleroRestoreSpec(
        new VeleroRestoreParameters(
            names.onMember(operation),
            names.install(begin.way().site()),
            recovery.run(),
            recovery.run() == null ? newest : Map.of(),
            recovery.partial() ? true : null,
            withDefaults(recovery.policy()),
            names.given().labels(operation.policy()),
            recovery.hash(),
            recovery.startDeadline(),
            Specs.progressInterval(operations)),
        List.of(),
        begin.way().member());
  }

  private static RestorePolicy withDefaults(RestorePolicy policy) {
    return new RestorePolicy(
        policy.resourceFilter(),
        policy.namespaceMapping(),
        policy.restoreStatus(),
        policy.preserveNodePorts(),
        Objects.requireNonNullElse(
            policy.itemOperationTimeout(), Specs.DEFAULT_ITEM_OPERATION_TIMEOUT),
        policy.existingResourcePolicy());
  }
}
