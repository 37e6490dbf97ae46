package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.function.plan.Obstacle;
import dev.kurator.backup.function.plan.Phases;
import dev.kurator.backup.function.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The state of all members in one line: how many are done, then what is not well and why. */
final class Summary {

  private static final int MOST_REMARKS = 10;
  private static final int MOST_OBSTACLES = 3;
  private static final int LONGEST_REMARK = 200;
  private static final int LONGEST = 1000;

  private Summary() {}

  static String of(Plan plan, List<BackupDetail> details) {
    if (details.isEmpty()) {
      return plan.obstacles().isEmpty() ? "members are being listed" : first(plan.obstacles());
    }
    Map<String, List<BackupDetail>> members =
        details.stream()
            .collect(
                Collectors.groupingBy(
                    BackupDetail::clusterName, TreeMap::new, Collectors.toList()));
    long completed =
        members.values().stream()
            .filter(of -> of.stream().allMatch(one -> one.phase().equals(Phases.COMPLETED)))
            .count();
    List<String> parts = new ArrayList<>();
    parts.add(
        completed
            + " of "
            + members.size()
            + (members.size() == 1 ? " cluster" : " clusters")
            + " completed");
    parts.addAll(remarks(details, members));
    return String.join("; ", parts);
  }

  private static String first(List<Obstacle> obstacles) {
    int shown = Math.min(obstacles.size(), MOST_OBSTACLES);
    String text = cut(Obstacle.joined(obstacles.subList(0, shown)));
    return shown == obstacles.size()
        ? text
        : text + "; and " + (obstacles.size() - shown) + " more, see condition Accepted";
  }

  private static List<String> remarks(
      List<BackupDetail> details, Map<String, List<BackupDetail>> members) {
    List<String> remarks = new ArrayList<>();
    for (BackupDetail detail : details) {
      boolean alone = members.getOrDefault(detail.clusterName(), List.of()).size() == 1;
      String where =
          alone ? detail.clusterName() : detail.clusterName() + "/" + detail.policyName();
      remark(detail).ifPresent(text -> remarks.add(where + ": " + cut(text, LONGEST_REMARK)));
    }
    if (remarks.size() <= MOST_REMARKS) {
      return remarks;
    }
    List<String> first = new ArrayList<>(remarks.subList(0, MOST_REMARKS));
    first.add("and " + (remarks.size() - MOST_REMARKS) + " more");
    return first;
  }

  private static Optional<String> remark(BackupDetail detail) {
    if (!Phases.isTerminal(detail.phase())) {
      String away = "cluster " + detail.clusterName() + " is unreachable";
      return Optional.ofNullable(detail.message())
          .map(message -> message.startsWith(away) ? "unreachable" : message);
    }
    String counts = counts(detail);
    return switch (detail.phase()) {
      case Phases.COMPLETED -> Optional.of(counts).filter(text -> !text.isEmpty());
      case Phases.PARTIALLY_FAILED ->
          Optional.of(
              joined(", ", detail.phase(), counts) + prefixed(": ", detail.failureReason()));
      case Names.NOT_STARTED -> Optional.of(why(detail));
      default -> Optional.of(detail.phase() + prefixed(": ", why(detail)));
    };
  }

  private static String joined(String separator, String... parts) {
    return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(separator));
  }

  private static String prefixed(String prefix, @Nullable String text) {
    return text == null || text.isEmpty() ? "" : prefix + text;
  }

  private static String why(BackupDetail detail) {
    return Stream.of(detail.message(), detail.failureReason())
        .filter(Objects::nonNull)
        .findFirst()
        .orElseGet(() -> String.join(", ", detail.validationErrors()));
  }

  private static String counts(BackupDetail detail) {
    List<String> counts = new ArrayList<>();
    count(detail.errors(), "error").ifPresent(counts::add);
    count(detail.warnings(), "warning").ifPresent(counts::add);
    return String.join(", ", counts);
  }

  private static Optional<String> count(@Nullable Long number, String noun) {
    return number == null || number == 0
        ? Optional.empty()
        : Optional.of(number + " " + noun + (number == 1 ? "" : "s"));
  }

  /** The text, shortened to what an event takes. */
  static String cut(String text) {
    return cut(text, LONGEST);
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
  }
}
