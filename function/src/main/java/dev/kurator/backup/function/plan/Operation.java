package dev.kurator.backup.function.plan;

import java.util.Comparator;

/**
 * One policy on one member: what one VeleroBackup does.
 *
 * @param member the member's name
 * @param policy the policy's name
 */
public record Operation(String member, String policy) implements Comparable<Operation> {

  private static final Comparator<Operation> ORDER =
      Comparator.comparing(Operation::member).thenComparing(Operation::policy);

  /** By member, then by policy. */
  @Override
  public int compareTo(Operation other) {
    return ORDER.compare(this, other);
  }
}
