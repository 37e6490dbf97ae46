package dev.kurator.backup.function.plan;

import dev.kurator.backup.function.claim.ClaimId;
import dev.kurator.backup.function.claim.Selection;
import dev.kurator.backup.function.claim.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything a plan depends on.
 *
 * @param claim the claim's identity
 * @param verdict what the claim says
 * @param listed members by selection; a selection that Crossplane has not listed yet has no entry
 * @param operations operations whose VeleroBackup exists on the hub
 * @param identities identity of the cluster behind each member, where a VeleroInstall knows it
 * @param earlier the claim's status so far
 * @param deadlinePassed whether the claim's start deadline is over
 */
public record Situation(
    ClaimId claim,
    Verdict verdict,
    Map<Selection, List<Member>> listed,
    Set<Operation> operations,
    Map<String, String> identities,
    Earlier earlier,
    boolean deadlinePassed) {

  /** Copies the collections. */
  public Situation {
    listed = Map.copyOf(listed);
    operations = Set.copyOf(operations);
    identities = Map.copyOf(identities);
  }
}
