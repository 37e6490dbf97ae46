package dev.kurator.backup.bench;

import com.google.protobuf.Struct;
import dev.kurator.backup.function.wire.Runner;
import dev.kurator.crossplane.fn.v1.Resource;
import dev.kurator.crossplane.fn.v1.ResourceSelector;
import dev.kurator.crossplane.fn.v1.Resources;
import dev.kurator.crossplane.fn.v1.RunFunctionRequest;
import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** The request that Crossplane sends for one Backup of a whole fleet in the middle of its work. */
final class Fleet {

  private static final Runner FUNCTION =
      new Runner(InstantSource.fixed(Instant.parse("2026-11-22T12:10:00Z")));

  private static final Struct CLAIM = Yaml.struct(Texts.CLAIM);

  /** As many members as a claim with one policy may have; docs/large-fleets.md. */
  private static final int MOST_MEMBERS = 1241;

  private Fleet() {}

  /**
   * A claim with three policies, all installs and backups observed, half of the backups ended.
   *
   * @param members how many members the fleet has; each gives one VeleroInstall and three
   *     VeleroBackups
   */
  static RunFunctionRequest busy(int members) {
    return busy(CLAIM, members, members * 4);
  }

  /** The largest claim that is accepted: each member has one VeleroInstall and one VeleroBackup. */
  static RunFunctionRequest largest() {
    return busy(Yaml.struct(Texts.ONE_POLICY), MOST_MEMBERS, MOST_MEMBERS * 2);
  }

  private static RunFunctionRequest busy(Struct claim, int members, int resources) {
    RunFunctionRequest begun = next(claim, listed(request(claim), members));
    if (begun.getObserved().getResourcesCount() != resources) {
      throw new IllegalStateException("observed " + begun.getObserved().getResourcesCount());
    }
    // The claim's status says by now what has become of them.
    return next(claim, begun);
  }

  /** The call after that one: what was rendered is observed. */
  private static RunFunctionRequest next(Struct claim, RunFunctionRequest request) {
    RunFunctionResponse rendered = FUNCTION.run(request);
    RunFunctionRequest.Builder next = request.toBuilder();
    Struct status = Yaml.struct(rendered.getDesired().getComposite());
    Struct written =
        claim.toBuilder().putFields("status", status.getFieldsOrThrow("status")).build();
    next.getObservedBuilder().getCompositeBuilder().setResource(written.toByteString());
    for (Map.Entry<String, Resource> desired : rendered.getDesired().getResourcesMap().entrySet()) {
      int number = next.getObserved().getResourcesCount();
      if (!request.getObserved().containsResources(desired.getKey())) {
        Struct observed = Observed.of(Yaml.struct(desired.getValue()), number % 2 == 0);
        next.getObservedBuilder()
            .putResources(
                desired.getKey(),
                Resource.newBuilder().setResource(observed.toByteString()).build());
      }
    }
    return next.build();
  }

  /** The same claim just applied: no member listed yet, nothing observed. */
  static RunFunctionRequest fresh() {
    return request(CLAIM);
  }

  private static RunFunctionRequest request(Struct claim) {
    RunFunctionRequest.Builder request = RunFunctionRequest.newBuilder();
    request.getMetaBuilder().setTag("benchmark");
    request.getObservedBuilder().getCompositeBuilder().setResource(claim.toByteString());
    return request.build();
  }

  /** Answers what the function asks for, as Crossplane does before it calls again. */
  private static RunFunctionRequest listed(RunFunctionRequest request, int members) {
    RunFunctionRequest.Builder listed = request.toBuilder();
    FUNCTION
        .run(request)
        .getRequirements()
        .getResourcesMap()
        .forEach((name, selector) -> listed.putRequiredResources(name, list(selector, members)));
    return listed.build();
  }

  private static Resources list(ResourceSelector selector, int members) {
    Resources.Builder list = Resources.newBuilder();
    if (selector.getKind().equals("ClusterProviderConfig")) {
      for (int i = 0; i < members; i++) {
        Struct member = Yaml.struct(Texts.MEMBER.formatted(i));
        list.addItems(Resource.newBuilder().setResource(member.toByteString()));
      }
    }
    return list.build();
  }
}
