package dev.kurator.backup.function.plan;

import dev.kurator.backup.function.claim.PolicyIntent;
import dev.kurator.backup.function.claim.RestoreIntent;
import dev.kurator.backup.function.claim.Selection;
import dev.kurator.backup.function.plan.Destinations.Lookup;
import dev.kurator.backup.function.plan.Obstacle.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Works out, from a Backup that is there, which members get whose backups. */
final class RestorePairs {

  private static final String THIS = "this Restore";

  private final RestoreIntent intent;
  private final SourceBackup.Found backup;
  private final Destinations destinations;
  private final List<PolicyIntent> policies;
  private final SortedMap<Operation, RestorePair> pairs = new TreeMap<>();
  private final List<Obstacle> obstacles = new ArrayList<>();
  private boolean listing;

  RestorePairs(RestoreIntent intent, SourceBackup.Found backup, Destinations destinations) {
    this.intent = intent;
    this.backup = backup;
    this.destinations = destinations;
    this.policies =
        backup.intent().policies().stream()
            .filter(policy -> intent.how(policy.name()).isPresent())
            .toList();
  }

  /** A policy that the Backup does not have: nobody can mend that. */
  Optional<Obstacle> unknownPolicy() {
    List<String> unknown =
        intent.parts().stream()
            .map(RestoreIntent.Part::policy)
            .filter(name -> backup.intent().policy(name).isEmpty())
            .toList();
    List<String> known = backup.intent().policies().stream().map(PolicyIntent::name).toList();
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Obstacle(
                Reason.UnknownPolicy,
                "Backup "
                    + backup.id().name()
                    + " has no policy "
                    + String.join(", ", unknown)
                    + "; it has "
                    + String.join(", ", known)));
  }

  /**
   * Works it out; obstacles say why nothing, or less, has come of it.
   *
   * @param started whether the members are fixed already: what has come to the destination since
   *     then is in nobody's way
   */
  void resolve(String namespace, boolean started) {
    List<Member> members = members(namespace, started);
    new BackupGate(backup, intent).closed().ifPresent(obstacles::add);
    if (listing || !obstacles.isEmpty()) {
      return;
    }
    intent
        .destination()
        .ifPresentOrElse(where -> pairUp(members, where, started), this::pairUpWithThemselves);
    if (intent.run() != null && obstacles.isEmpty()) {
      RunChoice choice = new RunChoice(backup, intent.run());
      pairs.values().removeIf(pair -> !choice.fits(pair.source(), pair.operation().policy()));
      if (pairs.isEmpty()) {
        obstacles.add(choice.unknown());
      }
    }
    if (pairs.isEmpty() && obstacles.isEmpty()) {
      obstacles.add(
          new Obstacle(
              Reason.BackupNotFinished,
              "Backup " + backup.id().name() + " has backed up no cluster yet"));
    }
  }

  SortedMap<Operation, RestorePair> pairs() {
    return pairs;
  }

  List<Obstacle> obstacles() {
    return obstacles;
  }

  boolean listing() {
    return listing;
  }

  private List<Member> members(String namespace, boolean started) {
    if (intent.destination().isEmpty()) {
      listing = !policies.stream().map(PolicyIntent::selection).allMatch(destinations::isListed);
      return List.of();
    }
    return switch (destinations.of(intent.destination().get(), THIS)) {
      case Lookup.Unlisted _ -> {
        listing = true;
        yield List.of();
      }
      case Lookup.Unfit unfit -> {
        if (!started || unfit.members().isEmpty()) {
          obstacles.add(unfit.why());
        }
        yield started ? unfit.members() : List.of();
      }
      case Lookup.Found found -> {
        Destinations.nobodyAllows(found.members(), namespace).ifPresent(obstacles::add);
        yield found.members();
      }
    };
  }

  private void pairUpWithThemselves() {
    for (PolicyIntent policy : policies) {
      String whose = "policy " + policy.name() + " of Backup " + backup.id().name();
      for (String member : backup.members()) {
        if (backup.entry(member, policy.name()).isPresent()) {
          pair(policy, member, member, policy.selection(), whose);
        }
      }
    }
  }

  private void pairUp(List<Member> members, Selection where, boolean started) {
    SortedSet<String> without = new TreeSet<>();
    for (Member member : members) {
      boolean found = false;
      for (PolicyIntent policy : policies) {
        Optional<String> source = source(member.name(), policy.name());
        source.ifPresent(name -> pair(policy, member.name(), name, where, THIS));
        found |= source.isPresent();
      }
      if (!found) {
        without.add(member.name());
      }
    }
    if (!without.isEmpty() && (!started || pairs.isEmpty())) {
      obstacles.add(noSource(without));
    }
  }

  /** A member's own backup comes first, so that one claim restores a fleet and fills a new one. */
  private Optional<String> source(String member, String policy) {
    return backup.entry(member, policy).isPresent()
        ? Optional.of(member)
        : Optional.ofNullable(intent.sourceCluster());
  }

  private void pair(
      PolicyIntent policy, String member, String source, Selection selection, String whose) {
    Operation operation = new Operation(Operation.Kind.Restore, member, policy.name());
    pairs.put(operation, new RestorePair(operation, source, selection, whose));
  }

  private Obstacle noSource(SortedSet<String> without) {
    SortedSet<String> has = backup.members();
    return new Obstacle(
        Reason.NoSource,
        "Backup "
            + backup.id().name()
            + " has no backup of "
            + String.join(", ", Shortlist.of(List.copyOf(without)))
            + " to restore; say in spec.sourceCluster whose backup to take instead"
            + (has.isEmpty()
                ? ""
                : ": it has those of " + String.join(", ", Shortlist.of(List.copyOf(has)))));
  }
}
