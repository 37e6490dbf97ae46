package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.function.claim.PolicyIntent;
import dev.kurator.backup.function.claim.Selection;
import dev.kurator.backup.function.plan.Obstacle.Reason;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks the destinations of a claim's policies up among the listed members. */
final class Destinations {

  /** What has come of looking a destination up. */
  sealed interface Lookup {

    /** Crossplane has not listed it yet. */
    record Unlisted() implements Lookup {}

    /**
     * Nobody can tell whom it selects.
     *
     * @param why for the user
     * @param members what was listed all the same
     */
    record Unfit(Obstacle why, List<Member> members) implements Lookup {}

    /**
     * It selects these and nobody else.
     *
     * @param members at least one, names unique
     */
    record Found(List<Member> members) implements Lookup {}
  }

  private final Map<Selection, List<Member>> listed;
  private final Map<String, ProviderConfigReference.Kind> kinds = new HashMap<>();
  private final Map<String, ProviderConfigReference.Kind> otherKinds = new HashMap<>();

  /**
   * Destinations of one claim.
   *
   * @param listed members by selection
   */
  Destinations(Map<Selection, List<Member>> listed) {
    this.listed = listed;
    // Over all selections: one claim has one VeleroInstall for each name.
    listed.values().stream().flatMap(Collection::stream).forEach(this::note);
  }

  private void note(Member member) {
    ProviderConfigReference.Kind first = kinds.putIfAbsent(member.name(), member.kind());
    if (first != null && first != member.kind()) {
      otherKinds.put(member.name(), member.kind());
    }
  }

  Lookup of(PolicyIntent policy) {
    List<Member> members = listed.get(policy.selection());
    if (members == null) {
      return new Lookup.Unlisted();
    }
    if (members.isEmpty()) {
      return new Lookup.Unfit(nobody(policy), members);
    }
    Optional<String> twice =
        members.stream().map(Member::name).filter(otherKinds::containsKey).sorted().findFirst();
    return twice.isPresent()
        ? new Lookup.Unfit(ambiguous(policy, twice.get()), members)
        : new Lookup.Found(members);
  }

  /** What is wrong with a member's name, if it could mean more than one. */
  Optional<Obstacle> ambiguity(PolicyIntent policy, String name) {
    return otherKinds.containsKey(name) ? Optional.of(ambiguous(policy, name)) : Optional.empty();
  }

  private static Obstacle nobody(PolicyIntent policy) {
    return new Obstacle(
        Reason.NoMembers,
        "no member carries the labels "
            + policy.selection().selector()
            + " (policy "
            + policy.name()
            + "); register one, or change the destination");
  }

  private static Obstacle ambiguous(PolicyIntent policy, String name) {
    return new Obstacle(
        Reason.DuplicateMembers,
        "the destination of policy "
            + policy.name()
            + " holds "
            + name
            + ", and there are two members of that name, a ClusterProviderConfig and a"
            + " ProviderConfig in this namespace; rename or relabel one of them");
  }
}
