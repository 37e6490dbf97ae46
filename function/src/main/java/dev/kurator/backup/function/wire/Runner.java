package dev.kurator.backup.function.wire;

import dev.kurator.backup.function.claim.Selection;
import dev.kurator.backup.function.plan.Selections;
import dev.kurator.backup.function.plan.Situation;
import dev.kurator.backup.function.plan.SourceBackup;
import dev.kurator.backup.function.render.Observed;
import dev.kurator.backup.function.wire.struct.StructBytes;
import dev.kurator.crossplane.fn.v1.Capability;
import dev.kurator.crossplane.fn.v1.Requirements;
import dev.kurator.crossplane.fn.v1.RunFunctionRequest;
import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import java.time.InstantSource;
import java.util.List;

/** The whole function: one request in, one response out. */
public final class Runner {

  private final InstantSource clock;

  /**
   * Makes a function.
   *
   * @param clock tells whether start deadlines have passed
   */
  public Runner(InstantSource clock) {
    this.clock = clock;
  }

  /** Answers a request; what the user can mend becomes conditions, and nothing is thrown. */
  public RunFunctionResponse run(RunFunctionRequest request) {
    try {
      requireCapabilities(request.getMeta().getCapabilitiesList());
      StructBytes composite = StructBytes.of(request.getObserved().getComposite().getResource());
      Claim claim = ClaimReader.read(composite);
      ObservedReader.Result read = ObservedReader.read(request.getObserved().getResourcesMap());
      Observed observed = read.observed();
      SourceBackup source = SourceReader.read(request.getRequiredResourcesMap());
      List<Selection> selections = Selections.of(claim.verdict(), source);
      Situation situation =
          new Situation(
              claim.id(),
              claim.asked(),
              claim.verdict(),
              Members.read(selections, request.getRequiredResourcesMap()),
              source,
              observed.existing(),
              claim.earlier(),
              StartDeadline.hasPassed(composite, clock),
              claim.deletesData());
      String namespace = claim.id().namespace();
      Requirements requirements =
          SourceReader.requirements(claim.verdict(), namespace).toBuilder()
              .mergeFrom(Members.requirements(selections, namespace))
              .build();
      return new Proposal(request, claim, situation, read, requirements).largestThatFits();
    } catch (UnreadableException e) {
      Answer refusal = Answer.to(request);
      refusal.refuse(e.reason());
      return refusal.build();
    }
  }

  /** Who names no capabilities at all, as Crossplane's render command, has this one. */
  private static void requireCapabilities(List<Capability> capabilities)
      throws UnreadableException {
    if (capabilities.contains(Capability.CAPABILITY_CAPABILITIES)
        && !capabilities.contains(Capability.CAPABILITY_REQUIRED_RESOURCES)) {
      throw new UnreadableException(
          "this Crossplane does not fetch required resources, without which members cannot be"
              + " found; use Crossplane 2.4 or later");
    }
  }
}
