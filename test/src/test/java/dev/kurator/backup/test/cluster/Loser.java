package dev.kurator.backup.test.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Loses every other write of an operation: what is tried again goes through.
 *
 * @see Killer which kills the provider on top of it
 */
final class Loser implements Keeper {

  private final Fate fate;
  private final Map<Write, Integer> tries = new HashMap<>();
  private final List<Write> lost = new CopyOnWriteArrayList<>();

  /**
   * Begins with the first write.
   *
   * @param fate of what is lost
   */
  Loser(Fate fate) {
    this.fate = fate;
  }

  /** What was lost, in its order. */
  List<Write> lost() {
    return List.copyOf(lost);
  }

  @Override
  public synchronized Fate fate(Write write) {
    if (!write.ofOperation() || tries.merge(write, 1, Integer::sum) % 2 == 0) {
      return Fate.PASSES;
    }
    lost.add(write);
    return fate;
  }
}
