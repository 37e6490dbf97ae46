package dev.kurator.backup.function.plan;

/**
 * A member's way to the backups of one member, itself or another: what one VeleroInstall opens.
 *
 * @param member whose engine
 * @param source whose backups
 */
public record Site(String member, String source) implements Comparable<Site> {

  /** A member's way to its own backups. */
  public static Site own(String member) {
    return new Site(member, member);
  }

  /** Whether the backups are the member's own, to write as well as to read. */
  public boolean isOwn() {
    return member.equals(source);
  }

  /** By member, then by source. */
  @Override
  public int compareTo(Site other) {
    int order = member.compareTo(other.member);
    return order == 0 ? source.compareTo(other.source) : order;
  }
}
