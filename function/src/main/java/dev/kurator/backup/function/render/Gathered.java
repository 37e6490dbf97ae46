package dev.kurator.backup.function.render;

import dev.kurator.backup.function.plan.Shortlist;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/** What is said of many members, in as few lines as it takes: the same words are said once. */
final class Gathered {

  /** As many are named for what they share. */
  static final int MOST_NAMES = 3;

  private final Map<String, SequencedSet<String>> names = new LinkedHashMap<>();

  /** That is to be said of this one. */
  void add(String name, String text) {
    names.computeIfAbsent(text, _ -> new LinkedHashSet<>()).add(name);
  }

  /** The first few, in the order of their first names: "berlin, paris: the bucket is gone". */
  List<String> lines() {
    return Shortlist.of(
        names.entrySet().stream()
            .map(said -> names(List.copyOf(said.getValue())) + ": " + said.getKey())
            .toList());
  }

  private static String names(List<String> all) {
    return all.size() <= MOST_NAMES
        ? String.join(", ", all)
        : String.join(", ", all.subList(0, MOST_NAMES))
            + " and "
            + (all.size() - MOST_NAMES)
            + " more";
  }
}
