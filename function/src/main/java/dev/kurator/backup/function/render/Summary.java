package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.OperationDetail;
import dev.kurator.backup.function.plan.Decision;
import dev.kurator.backup.function.plan.Obstacle;
import dev.kurator.backup.function.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The state of all members in one line: how many are as they should be, then what is not well and
 * why.
 *
 * @param done what a member is when all is well with it, as in "2 of 3 clusters completed"
 * @param isDone whether an entry is that
 * @param remarks what there is to say about an entry
 */
record Summary(String done, Predicate<Entry> isDone, Function<Entry, List<String>> remarks) {

  private static final int MOST_OBSTACLES = 3;
  private static final int LONGEST_REMARK = 200;
  private static final int LONGEST = 1000;

  String of(Plan plan, List<Entry> entries) {
    if (entries.isEmpty()) {
      return plan.obstacles().isEmpty() ? "members are being listed" : first(plan.obstacles());
    }
    return of(count(entries), entries);
  }

  /** The same, with something else than a count to begin with. */
  String of(String head, List<Entry> entries) {
    List<String> parts = new ArrayList<>();
    parts.add(head);
    parts.addAll(remarks(entries).lines());
    return String.join("; ", parts);
  }

  /** How many members are as they should be. */
  String count(List<Entry> entries) {
    List<List<Entry>> staying =
        byMember(entries).values().stream()
            .filter(of -> !of.stream().allMatch(one -> one.decision() instanceof Decision.Release))
            .toList();
    long well = staying.stream().filter(of -> of.stream().allMatch(isDone)).count();
    String clusters = staying.size() == 1 ? " cluster " : " clusters ";
    return well + " of " + staying.size() + clusters + done;
  }

  private static Map<String, List<Entry>> byMember(List<Entry> entries) {
    return entries.stream()
        .collect(
            Collectors.groupingBy(
                entry -> entry.detail().clusterName(), TreeMap::new, Collectors.toList()));
  }

  private Gathered remarks(List<Entry> entries) {
    Map<String, List<Entry>> members = byMember(entries);
    Gathered all = new Gathered();
    for (Entry entry : entries) {
      OperationDetail detail = entry.detail();
      boolean alone = members.getOrDefault(detail.clusterName(), List.of()).size() == 1;
      String where =
          alone ? detail.clusterName() : detail.clusterName() + "/" + detail.policyName();
      remarks.apply(entry).forEach(text -> all.add(where, cut(text, LONGEST_REMARK)));
    }
    return all;
  }

  private static String first(List<Obstacle> obstacles) {
    int shown = Math.min(obstacles.size(), MOST_OBSTACLES);
    String text = cut(Obstacle.joined(obstacles.subList(0, shown)));
    return shown == obstacles.size()
        ? text
        : text + "; and " + (obstacles.size() - shown) + " more, see condition Accepted";
  }

  /** The text, shortened to what an event takes. */
  static String cut(String text) {
    return cut(text, LONGEST);
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
  }
}
