package dev.kurator.backup.function.plan;

import java.util.List;

/**
 * Something that keeps the claim, or a part of it, from being carried out, and that an edit or
 * another object can mend.
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
    /** The start deadline passed before anything could be rendered. */
    NotStarted
  }

  /** All messages in one sentence. */
  public static String joined(List<Obstacle> obstacles) {
    return String.join("; ", obstacles.stream().map(Obstacle::message).distinct().toList());
  }
}
