package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.function.claim.Selection;
import dev.kurator.backup.function.plan.Obstacle.Reason;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks the destinations of a claim up among the listed members. */
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

  /** By name: a fleet's plan looks every one of them up. */
  private final Map<Selection, Map<String, Member>> named = new HashMap<>();

  private final Map<String, ProviderConfigReference.Kind> kinds = new HashMap<>();
  private final Map<String, ProviderConfigReference.Kind> otherKinds = new HashMap<>();

  /**
   * Destinations of one claim.
   *
   * @param listed members by selection
   */
  Destinations(Map<Selection, List<Member>> listed) {
    this.listed = listed;
    listed.forEach(
        (selection, members) -> {
          Map<String, Member> byName = new HashMap<>();
          members.forEach(member -> byName.putIfAbsent(member.name(), member));
          named.put(selection, byName);
        });
    // Over all selections: one claim has one VeleroInstall for each name.
    listed.values().stream().flatMap(Collection::stream).forEach(this::note);
  }

  /** Without members that are being deleted: as good as gone for what has not begun. */
  static Destinations ofStaying(Map<Selection, List<Member>> listed) {
    Map<Selection, List<Member>> staying = new HashMap<>();
    listed.forEach(
        (selection, members) ->
            staying.put(selection, members.stream().filter(one -> !one.deleted()).toList()));
    return new Destinations(staying);
  }

  private void note(Member member) {
    ProviderConfigReference.Kind first = kinds.putIfAbsent(member.name(), member.kind());
    if (first != null && first != member.kind()) {
      otherKinds.put(member.name(), member.kind());
    }
  }

  /**
   * Whom a destination selects.
   *
   * @param whose it is, as in "policy db"
   */
  Lookup of(Selection selection, String whose) {
    List<Member> members = listed.get(selection);
    if (members == null) {
      return new Lookup.Unlisted();
    }
    if (members.isEmpty()) {
      return new Lookup.Unfit(nobody(selection, whose), members);
    }
    Optional<String> twice =
        members.stream().map(Member::name).filter(otherKinds::containsKey).sorted().findFirst();
    return twice.isPresent()
        ? new Lookup.Unfit(ambiguous(whose, twice.get()), members)
        : new Lookup.Found(members);
  }

  boolean isListed(Selection selection) {
    return listed.containsKey(selection);
  }

  /** One of the members that a destination selects. */
  Optional<Member> member(Selection selection, String name) {
    return Optional.ofNullable(named.getOrDefault(selection, Map.of()).get(name));
  }

  /** What keeps a single member from being used, if anything. */
  Optional<Obstacle> obstacle(Selection selection, String whose, String name, String namespace) {
    if (otherKinds.containsKey(name)) {
      return Optional.of(ambiguous(whose, name));
    }
    Optional<Member> member = member(selection, name);
    if (member.isEmpty()) {
      return Optional.of(
          new Obstacle(
              Reason.MemberMissing,
              "no provider config of that name carries the labels "
                  + selection.selector()
                  + " any more"));
    }
    return member.get().allows(namespace)
        ? Optional.empty()
        : Optional.of(Obstacle.notAllowed(namespace));
  }

  /** That none of these may be used, if that is so. */
  static Optional<Obstacle> nobodyAllows(List<Member> members, String namespace) {
    if (members.stream().anyMatch(member -> member.allows(namespace))) {
      return Optional.empty();
    }
    List<String> names = members.stream().map(Member::name).sorted().toList();
    return Optional.of(
        new Obstacle(
            Reason.NotAllowed,
            String.join(", ", names) + ": " + Obstacle.notAllowed(namespace).message()));
  }

  private static Obstacle nobody(Selection selection, String whose) {
    return new Obstacle(
        Reason.NoMembers,
        "no member carries the labels "
            + selection.selector()
            + " ("
            + whose
            + "); register one, or change the destination");
  }

  private static Obstacle ambiguous(String whose, String name) {
    return new Obstacle(
        Reason.DuplicateMembers,
        "the destination of "
            + whose
            + " holds "
            + name
            + ", and there are two members of that name, a ClusterProviderConfig and a"
            + " ProviderConfig in this namespace; rename or relabel one of them");
  }
}
