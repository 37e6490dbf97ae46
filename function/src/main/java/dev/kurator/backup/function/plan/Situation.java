package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.function.claim.ClaimId;
import dev.kurator.backup.function.claim.Selection;
import dev.kurator.backup.function.claim.Verdict;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Everything a plan depends on.
 *
 * @param claim the claim's identity
 * @param asked what the claim asks for
 * @param verdict what the claim says
 * @param listed members by selection; a selection that Crossplane has not listed yet has no entry
 * @param source the Backup claim that a Restore names
 * @param existing what the claim has on the hub already
 * @param earlier the claim's status so far
 * @param deadlinePassed whether the claim's start deadline is over
 * @param deletesData whether the claim as written, valid or not, has deletionPolicy Delete
 */
public record Situation(
    ClaimId claim,
    Asked asked,
    Verdict verdict,
    Map<Selection, List<Member>> listed,
    SourceBackup source,
    Existing existing,
    Earlier earlier,
    boolean deadlinePassed,
    boolean deletesData) {

  /** Copies the map. */
  public Situation {
    listed = Map.copyOf(listed);
  }

  /**
   * What the claim started with: the operations of its status once it is accepted, and those that
   * exist in any case.
   */
  SortedSet<Operation> begun() {
    SortedSet<Operation> begun = new TreeSet<>(existing.operations());
    begun.removeIf(operation -> !asked.takes(operation.kind()));
    begun.addAll(earlier.started() ? earlier.details().keySet() : existing.opened());
    return begun;
  }

  /** How a listed member is to be referred to: as it was until now, where it is in use already. */
  ProviderConfigReference.Kind registration(Member member) {
    return existing.members().getOrDefault(member.name(), member.kind());
  }
}
