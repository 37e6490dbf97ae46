package dev.kurator.backup.function.offline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kurator.backup.function.wire.Runner;
import dev.kurator.backup.function.wire.struct.StructTree;
import dev.kurator.crossplane.fn.v1.Requirements;
import dev.kurator.crossplane.fn.v1.Resource;
import dev.kurator.crossplane.fn.v1.RunFunctionRequest;
import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import java.util.SortedMap;

/**
 * Calls the function as Crossplane does: again with what it required, until it requires no more.
 */
final class Rehearsal {

  /** Crossplane gives up after as many. */
  private static final int MOST_CALLS = 6;

  private final Runner runner;
  private final Hub hub;

  Rehearsal(Runner runner, Hub hub) {
    this.runner = runner;
    this.hub = hub;
  }

  /**
   * One reconciliation of a claim.
   *
   * @param claim the composite
   * @param observed its composed resources by key
   */
  RunFunctionResponse run(ObjectNode claim, SortedMap<String, ObjectNode> observed) {
    RunFunctionRequest.Builder request = RunFunctionRequest.newBuilder();
    request.getObservedBuilder().setComposite(resource(claim));
    observed.forEach(
        (key, object) -> request.getObservedBuilder().putResources(key, resource(object)));
    Requirements known = Requirements.getDefaultInstance();
    for (int call = 1; call < MOST_CALLS; call++) {
      RunFunctionResponse response = runner.run(request.build());
      if (response.getRequirements().equals(known)) {
        return response;
      }
      known = response.getRequirements();
      request.clearRequiredResources();
      known
          .getResourcesMap()
          .forEach((key, selector) -> request.putRequiredResources(key, hub.find(selector)));
    }
    return runner.run(request.build());
  }

  private static Resource resource(ObjectNode object) {
    return Resource.newBuilder().setResource(StructTree.write(object)).build();
  }
}
