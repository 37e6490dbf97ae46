package dev.kurator.backup.function.plan;

import java.util.ArrayList;
import java.util.List;

/** Lists for people, who read the first few. */
public final class Shortlist {

  private static final int MOST = 10;

  private Shortlist() {}

  /** The first ten, and how many more there are. */
  public static List<String> of(List<String> items) {
    if (items.size() <= MOST) {
      return items;
    }
    List<String> first = new ArrayList<>(items.subList(0, MOST));
    first.add("and " + (items.size() - MOST) + " more");
    return first;
  }
}
