package dev.kurator.backup.function.wire;

import dev.kurator.backup.apis.claim.Absent;
import dev.kurator.backup.function.claim.ClaimId;
import dev.kurator.backup.function.claim.Verdict;
import dev.kurator.backup.function.plan.Asked;
import dev.kurator.backup.function.plan.Earlier;
import dev.kurator.backup.function.render.ClaimCondition;
import java.util.List;

/**
 * A claim, decoded.
 *
 * @param id which claim
 * @param kind its kind
 * @param asked what it asks for
 * @param verdict what it says
 * @param earlier its status
 * @param conditions its conditions
 * @param deletesData whether its deletionPolicy is Delete, also where the rest of it is invalid
 */
record Claim(
    ClaimId id,
    ClaimKind kind,
    Asked asked,
    Verdict verdict,
    Earlier earlier,
    List<ClaimCondition> conditions,
    boolean deletesData) {

  Claim {
    conditions = Absent.orEmpty(conditions);
  }
}
