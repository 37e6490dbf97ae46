package dev.kurator.backup.function.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Something that keeps the claim, or a part of it, from being carried out, and that in most cases
 * an edit or another object can mend.
 *
 * @param reason why, in one word
 * @param message for the user
 */
public record Obstacle(Reason reason, String message) {

  /** The kinds of obstacle; their names are reasons of the claim's condition Accepted. */
  public enum Reason {
    /** The claim contradicts itself or its schema. */
    InvalidClaim,
    /** A destination matches no member. */
    NoMembers,
    /** A member does not allow the claim's namespace. */
    NotAllowed,
    /** Two members of one name, or one cluster registered twice. */
    DuplicateMembers,
    /** A member that the Backup started with is not registered any more. */
    MemberMissing,
    /** A member's provider config is being deleted. */
    MemberDeleted,
    /** The Backup to restore does not exist. */
    BackupMissing,
    /** The Backup to restore says nothing that could be carried out. */
    BackupInvalid,
    /** The Backup to restore has no backups yet. */
    BackupNotFinished,
    /** The Backup to restore has none that could be restored. */
    BackupFailed,
    /** The Backup to restore does not have a policy that is named. */
    UnknownPolicy,
    /** The Backup to restore did not take the run that is named. */
    UnknownRun,
    /** A member was not backed up, and the claim does not say whose backup it gets. */
    NoSource,
    /** A Migrate's source is more than one member. */
    SeveralSources,
    /** A Migrate's source is among its targets, by name or as the cluster behind one. */
    TargetIsSource,
    /** A Migrate's target could not read the volumes in the source's backup. */
    PasswordMismatch,
    /** The claim with all its members would be larger than the hub stores or Crossplane carries. */
    TooManyMembers,
    /** The start deadline passed before anything could be rendered. */
    NotStarted;

    /** The one of that name, if there is one. */
    public static Optional<Reason> of(String name) {
      return Arrays.stream(values()).filter(reason -> reason.name().equals(name)).findFirst();
    }
  }

  /** A member that claims of that namespace may not use. */
  static Obstacle notAllowed(String namespace) {
    return new Obstacle(
        Reason.NotAllowed,
        "spec.allowedNamespaces of the ClusterProviderConfig does not include "
            + namespace
            + "; whoever runs the hub can add it");
  }

  /** The same, told of one member among others. */
  Obstacle on(String member) {
    return new Obstacle(reason, member + ": " + message);
  }

  /**
   * Clusters that were registered twice, seen from what the provider found behind them.
   *
   * @param identities identity of each member's cluster
   */
  static List<Obstacle> sameClusters(Map<String, String> identities) {
    SortedMap<String, SortedSet<String>> members = new TreeMap<>();
    identities.forEach(
        (member, identity) -> members.computeIfAbsent(identity, _ -> new TreeSet<>()).add(member));
    return members.values().stream()
        .filter(names -> names.size() > 1)
        .map(
            names ->
                new Obstacle(
                    Reason.DuplicateMembers,
                    String.join(" and ", names)
                        + " are one and the same cluster; keep one of their provider configs"))
        .toList();
  }

  /** All messages in one sentence. */
  public static String joined(List<Obstacle> obstacles) {
    return String.join("; ", obstacles.stream().map(Obstacle::message).distinct().toList());
  }
}
