package dev.kurator.backup.function.wire;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.function.plan.Asked;
import dev.kurator.backup.function.plan.Decision;
import dev.kurator.backup.function.plan.Obstacle;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Plan;
import dev.kurator.backup.function.plan.Site;
import dev.kurator.backup.function.plan.Situation;
import dev.kurator.backup.function.render.Composed;
import dev.kurator.backup.function.render.Keys;
import dev.kurator.backup.function.render.Rendering;
import dev.kurator.backup.function.wire.struct.MalformedException;
import dev.kurator.backup.function.wire.struct.StructBytes;
import dev.kurator.backup.function.wire.struct.StructWriter;
import dev.kurator.crossplane.fn.v1.Resource;
import dev.kurator.crossplane.fn.v1.RunFunctionRequest;
import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a claim stays within what Crossplane and Kubernetes carry, not only now but also once all
 * of it is rendered and every entry of its status is full. Weighed is what is really rendered: how
 * much a member takes depends on the claim's policies.
 */
final class Capacity {

  /** Of a managed resource, beside what it repeats of the claim's spec. */
  private static final int RESOURCE = 1536;

  /** Of an entry of a map, beside key and value. */
  private static final int ENTRY = 8;

  /** Of a reference to a composed resource, as JSON, without kind and name. */
  private static final int REFERENCE = 48 + Names.GROUP.length() + Names.VERSION.length();

  /** Of one whose name is not known. */
  private static final int LONGEST_REFERENCE = 256;

  private final int claimBytes;
  private final int specBytes;
  private final int earlierStatus;

  private Capacity(int claimBytes, int specBytes, int earlierStatus) {
    this.claimBytes = claimBytes;
    this.specBytes = specBytes;
    this.earlierStatus = earlierStatus;
  }

  /** Of the claim in a request. */
  static Capacity of(RunFunctionRequest request) throws UnreadableException {
    StructBytes claim = StructBytes.of(request.getObserved().getComposite().getResource());
    try {
      StructWriter writer = new StructWriter();
      writer.fields(claim.struct("spec"), List.of("crossplane"));
      int spec = writer.take().size();
      writer.fields(claim, List.of("spec", "status"));
      return new Capacity(
          writer.take().size() + spec,
          spec,
          request.getDesired().getComposite().getSerializedSize());
    } catch (MalformedException e) {
      throw new UnreadableException("cannot read the claim", e);
    }
  }

  /**
   * Whether a claim may still be told that it is too large: what is carried out once was weighed
   * when it began, and then goes on as it is.
   */
  static boolean isOpen(Situation situation) {
    return situation.asked() == Asked.Schedule
        || (!situation.earlier().started() && situation.existing().members().isEmpty());
  }

  /** What is too much, if anything is. */
  Optional<Obstacle> excess(Plan plan, Rendering rendering, RunFunctionResponse response) {
    Census census = Census.of(plan, rendering);
    if (census.members().isEmpty()) {
      return Optional.empty();
    }
    int count = census.members().size();
    return claim(census, rendering, response)
        .excess(count, census.entries())
        .or(() -> answer(census, rendering, response).excess(count, census.entries()));
  }

  private Load answer(Census census, Rendering rendering, RunFunctionResponse response) {
    long now =
        (long) response.getSerializedSize()
            - response.getDesired().getComposite().getSerializedSize();
    long ours = 0;
    for (String key : rendering.resources().keySet()) {
      Resource resource = response.getDesired().getResourcesOrThrow(key);
      ours += (long) key.length() + resource.getSerializedSize() + ENTRY;
    }
    long coming = (long) census.awaited() * (RESOURCE + specBytes);
    return new Load(
        Load.Room.Response, now - ours + earlierStatus, ours + coming + census.status());
  }

  private Load claim(Census census, Rendering rendering, RunFunctionResponse response) {
    int others = response.getDesired().getResourcesCount() - rendering.resources().size();
    long references = (long) census.awaited() * LONGEST_REFERENCE;
    for (Composed composed : rendering.resources().values()) {
      references += REFERENCE + composed.kind().length() + composed.name().length();
    }
    // What is quoted in annotations takes more as JSON.
    long fixed = claimBytes * 5L / 4 + earlierStatus + (long) others * LONGEST_REFERENCE;
    return new Load(Load.Room.Claim, fixed, references + census.status());
  }

  /**
   * What a plan comes to.
   *
   * @param members their names
   * @param entries how many entries the status will have
   * @param status bytes of these, but for their texts
   * @param awaited how many managed resources will be rendered only later
   */
  private record Census(Set<String> members, int entries, long status, int awaited) {

    static Census of(Plan plan, Rendering rendering) {
      Set<String> members = new HashSet<>();
      int entries = 0;
      long status = 0;
      int awaited = 0;
      for (Decision decision : plan.decisions()) {
        if (!(decision instanceof Decision.Drop)) {
          members.add(decision.operation().member());
          entries++;
          status += Growth.of(decision.operation());
          awaited += awaited(decision, rendering);
        }
      }
      return new Census(members, entries, status, awaited);
    }

    private static int awaited(Decision decision, Rendering rendering) {
      Operation operation = decision.operation();
      int install =
          rendering.resources().containsKey(Keys.install(Site.own(operation.member()))) ? 0 : 1;
      return switch (decision) {
        case Decision.Prepare _ -> 1;
        case Decision.Hold _ -> 1 + install;
        case Decision.Carry _,
            Decision.Begin _,
            Decision.Keep _,
            Decision.Release _,
            Decision.Drop _,
            Decision.Recall _,
            Decision.Expire _,
            Decision.Refuse _ ->
            0;
      };
    }
  }
}
