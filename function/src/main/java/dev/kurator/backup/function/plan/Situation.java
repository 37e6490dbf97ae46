package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.function.claim.ClaimId;
import dev.kurator.backup.function.claim.Selection;
import dev.kurator.backup.function.claim.Verdict;
import java.util.List;
import java.util.Map;

/**
 * Everything a plan depends on.
 *
 * @param claim the claim's identity
 * @param kind what the claim asks for, which even an invalid one tells
 * @param verdict what the claim says
 * @param listed members by selection; a selection that Crossplane has not listed yet has no entry
 * @param source the Backup claim that a Restore names
 * @param existing what the claim has on the hub already
 * @param earlier the claim's status so far
 * @param deadlinePassed whether the claim's start deadline is over
 */
public record Situation(
    ClaimId claim,
    Operation.Kind kind,
    Verdict verdict,
    Map<Selection, List<Member>> listed,
    SourceBackup source,
    Existing existing,
    Earlier earlier,
    boolean deadlinePassed) {

  /** Copies the map. */
  public Situation {
    listed = Map.copyOf(listed);
  }

  /** How a listed member is to be referred to: as it was until now, where it is in use already. */
  ProviderConfigReference.Kind registration(Member member) {
    return existing.members().getOrDefault(member.name(), member.kind());
  }
}
