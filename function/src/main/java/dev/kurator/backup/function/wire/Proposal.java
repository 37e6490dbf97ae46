package dev.kurator.backup.function.wire;

import dev.kurator.backup.function.claim.Verdict;
import dev.kurator.backup.function.plan.Obstacle;
import dev.kurator.backup.function.plan.Plan;
import dev.kurator.backup.function.plan.Planner;
import dev.kurator.backup.function.plan.Situation;
import dev.kurator.backup.function.render.Renderer;
import dev.kurator.backup.function.render.Rendering;
import dev.kurator.crossplane.fn.v1.Requirements;
import dev.kurator.crossplane.fn.v1.RunFunctionRequest;
import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import java.util.List;
import java.util.Optional;

/**
 * A claim that is planned and rendered, and again with less where the whole would be too large.
 *
 * @param request what is answered
 * @param claim the claim
 * @param situation all that is known
 * @param observed the claim's managed resources
 * @param requirements what the answer asks for
 */
record Proposal(
    RunFunctionRequest request,
    Claim claim,
    Situation situation,
    ObservedReader.Result observed,
    Requirements requirements) {

  private record Draft(Plan plan, Rendering rendering, RunFunctionResponse response) {}

  /** All of the claim; or without further members; or only what there is, as it is. */
  RunFunctionResponse largestThatFits() throws UnreadableException {
    Draft whole = draft(Planner.plan(situation));
    if (situation.verdict() instanceof Verdict.Invalid || !Capacity.isOpen(situation)) {
      return whole.response();
    }
    Capacity capacity = Capacity.of(request);
    Optional<Obstacle> excess = excess(capacity, whole);
    if (excess.isEmpty()) {
      return whole.response();
    }
    Draft less = draft(Planner.planWithoutNewcomers(situation, excess.get()));
    return excess(capacity, less).isEmpty()
        ? less.response()
        : draft(Planner.planAround(situation, List.of(excess.get()))).response();
  }

  private static Optional<Obstacle> excess(Capacity capacity, Draft draft) {
    return capacity.excess(draft.plan(), draft.rendering(), draft.response());
  }

  private Draft draft(Plan plan) throws UnreadableException {
    Rendering rendering = Renderer.render(situation, plan, observed.observed(), claim.conditions());
    Answer answer = Answer.to(request);
    answer.require(requirements);
    answer.add(claim.kind(), rendering);
    answer.keep(observed.unreadable(), claim.deletesData());
    return new Draft(plan, rendering, answer.build());
  }
}
