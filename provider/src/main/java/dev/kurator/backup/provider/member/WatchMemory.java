package dev.kurator.backup.provider.member;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Heap, roughly, that the watches of all members may take together, so that many members who mean
 * harm cannot take all of it.
 */
final class WatchMemory {

  /** Of one member: some six thousand Backups. */
  static final long MOST_OF_ONE = 32L << 20;

  /** What every member has, whatever others take: some two hundred Backups. */
  static final long LEAST_OF_ONE = 1L << 20;

  /** The rest is for the hub's resources and for work. */
  private static final double SHARE_OF_HEAP = 0.4;

  private final AtomicLong shared = new AtomicLong();
  private final long most;

  /** A share of the heap that this process may have. */
  WatchMemory() {
    this((long) (Runtime.getRuntime().maxMemory() * SHARE_OF_HEAP));
  }

  /** That many bytes. */
  WatchMemory(long most) {
    this.most = most;
  }

  /** A new member's part, empty. */
  Part part() {
    return new Part();
  }

  /** What the watches of one member take. */
  final class Part {

    private long used;
    private boolean ended;

    private Part() {}

    /**
     * Takes memory, or gives it back.
     *
     * @param bytes negative to give it back
     * @return whether there was enough; if not, nothing is taken
     */
    synchronized boolean take(long bytes) {
      long more = beyond(used + bytes) - beyond(used);
      boolean tooMuch = used + bytes > MOST_OF_ONE || (more > 0 && shared.get() + more > most);
      if (ended || (bytes > 0 && tooMuch)) {
        return false;
      }
      used += bytes;
      shared.addAndGet(more);
      return true;
    }

    /** Gives all of it back; from now on there is none. */
    synchronized void end() {
      take(-used);
      ended = true;
    }

    private static long beyond(long bytes) {
      return Math.max(0, bytes - LEAST_OF_ONE);
    }
  }
}
