package dev.kurator.backup.function.plan;

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
    Schedule,
    /** Brought back once, by a VeleroRestore. */
    Restore;

    /** The kind of managed resource that does such operations. */
    public String resource() {
      return "Velero" + name();
    }
  }

  /** By member, then by policy, then by kind. */
  @Override
  public int compareTo(Operation other) {
    // By hand, because a fleet's plan compares tens of thousands of times.
    int order = member.compareTo(other.member);
    if (order == 0) {
      order = policy.compareTo(other.policy);
    }
    return order == 0 ? kind.compareTo(other.kind) : order;
  }
}
