package dev.kurator.backup.function.plan;

import dev.kurator.backup.function.claim.MigrateIntent;
import dev.kurator.backup.function.claim.Selection;
import dev.kurator.backup.function.plan.Destinations.Lookup;
import dev.kurator.backup.function.plan.Obstacle.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Works out which member is migrated, and to which others. */
final class MigrateParties {

  static final String SOURCE = "the source";
  static final String TARGETS = "the targets";

  private final MigrateIntent intent;
  private final Destinations destinations;
  private final String namespace;
  private final Optional<Operation> begun;
  private final List<Obstacle> obstacles = new ArrayList<>();
  private final SortedSet<Operation> operations = new TreeSet<>();
  private boolean listing;

  MigrateParties(Situation situation, MigrateIntent intent, Destinations destinations) {
    this.intent = intent;
    this.destinations = destinations;
    this.namespace = situation.claim().namespace();
    SortedSet<Operation> known = situation.begun();
    if (!situation.earlier().started()) {
      resolve(backupAmong(known));
    }
    operations.addAll(known);
    this.begun = backupAmong(operations);
  }

  private void resolve(Optional<Operation> pinned) {
    Optional<Operation> backup =
        pinned.or(
            () ->
                members(intent.source(), SOURCE)
                    .flatMap(this::only)
                    .map(source -> operation(Operation.Kind.Backup, source)));
    Optional<List<Member>> targets = members(intent.targets(), TARGETS);
    if (backup.isPresent() && targets.isPresent()) {
      String source = backup.get().member();
      if (targets.get().stream().anyMatch(member -> member.name().equals(source))) {
        obstacles.add(amongTargets(source));
      }
      operations.add(backup.get());
      targets.get().forEach(member -> operations.add(operation(Operation.Kind.Restore, member)));
    }
    if (!obstacles.isEmpty()) {
      // It begins as a whole or not at all: what there would be to do is not known yet.
      operations.clear();
    }
  }

  /** The source's backup, once it is known who the source is. */
  Optional<Operation> backup() {
    return begun;
  }

  /** The restores, as far as they are known. */
  List<Operation> restores() {
    return operations.stream().filter(one -> one.kind() == Operation.Kind.Restore).toList();
  }

  Resolution resolution() {
    return new Resolution(operations, obstacles, listing, false);
  }

  private Optional<List<Member>> members(Selection selection, String whose) {
    return switch (destinations.of(selection, whose)) {
      case Lookup.Unlisted _ -> {
        listing = true;
        yield Optional.empty();
      }
      case Lookup.Unfit unfit -> {
        obstacles.add(unfit.why());
        yield Optional.empty();
      }
      case Lookup.Found found -> {
        Optional<Obstacle> closed = Destinations.nobodyAllows(found.members(), namespace);
        closed.ifPresent(obstacles::add);
        yield Optional.of(found.members());
      }
    };
  }

  private Optional<Member> only(List<Member> members) {
    if (members.size() == 1) {
      return Optional.of(members.getFirst());
    }
    List<String> names = members.stream().map(Member::name).sorted().toList();
    obstacles.add(
        new Obstacle(
            Reason.SeveralSources,
            "the source must be one cluster, and the labels "
                + intent.source().selector()
                + " are those of "
                + String.join(", ", Shortlist.of(names))
                + "; narrow spec.sourceCluster.clusterSelector.matchLabels to one of them"));
    return Optional.empty();
  }

  private Obstacle amongTargets(String source) {
    return new Obstacle(
        Reason.TargetIsSource,
        source
            + " is the source, and among the targets too ("
            + intent.targets().selector()
            + "); narrow spec.targetCluster.clusterSelector.matchLabels to leave it out");
  }

  private static Optional<Operation> backupAmong(SortedSet<Operation> operations) {
    return operations.stream().filter(one -> one.kind() == Operation.Kind.Backup).findFirst();
  }

  private static Operation operation(Operation.Kind kind, Member member) {
    return new Operation(kind, member.name(), MigrateIntent.POLICY);
  }
}
