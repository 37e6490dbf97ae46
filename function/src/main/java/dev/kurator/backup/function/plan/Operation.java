package dev.kurator.backup.function.plan;

import java.util.Comparator;

/**
 * One policy on one member: what one managed resource does.
 *
 * @param kind what is done
 * @param member the member's name
 * @param policy the policy's name
 */
public record Operation(Kind kind, String member, String policy) implements Comparable<Operation> {

  /** The kinds of operations. */
  public enum Kind {
    /** Taken once, by a VeleroBackup. */
    Backup,
    /** Taken again and again, by a VeleroSchedule. */
    Schedule
  }

  private static final Comparator<Operation> ORDER =
      Comparator.comparing(Operation::member)
          .thenComparing(Operation::policy)
          .thenComparing(Operation::kind);

  /** By member, then by policy. */
  @Override
  public int compareTo(Operation other) {
    return ORDER.compare(this, other);
  }
}
