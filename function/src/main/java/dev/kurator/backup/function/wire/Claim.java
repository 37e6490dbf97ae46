package dev.kurator.backup.function.wire;

import dev.kurator.backup.apis.claim.Absent;
import dev.kurator.backup.function.claim.ClaimId;
import dev.kurator.backup.function.claim.Verdict;
import dev.kurator.backup.function.plan.Earlier;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.render.ClaimCondition;
import java.util.List;

/**
 * The observed composite, decoded.
 *
 * @param id which claim
 * @param kind what it asks for
 * @param verdict what it says
 * @param earlier its status
 * @param conditions its conditions
 * @param deadlinePassed whether its start deadline is over
 */
record Claim(
    ClaimId id,
    Operation.Kind kind,
    Verdict verdict,
    Earlier earlier,
    List<ClaimCondition> conditions,
    boolean deadlinePassed) {

  Claim {
    conditions = Absent.orEmpty(conditions);
  }
}
