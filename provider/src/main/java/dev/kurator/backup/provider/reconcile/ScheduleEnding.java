package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.provider.velero.Existing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What to do next for a VeleroSchedule that is being deleted: first no run may begin any more, then
 * the data goes, where the user asked for it.
 */
sealed interface ScheduleEnding {

  /** Nothing on the member is this resource's. */
  record LetGo() implements ScheduleEnding {}

  /** Remember its name, so that a later claim's runs do not mix with its runs, and let go. */
  record Release(boolean deleteFirst) implements ScheduleEnding {}

  /** Delete Velero's Schedule and look again. */
  record Stop() implements ScheduleEnding {}

  /** Have Velero delete these backups with their data; the others still run or are others' data. */
  record Purge(List<String> names, Optional<String> running) implements ScheduleEnding {}

  /**
   * Decides.
   *
   * @param seen whether Velero's Schedule was there once
   * @param schedule what has its name on the member now
   * @param runs what the wish to delete its data means for each of its Backups, by name
   */
  static ScheduleEnding of(
      boolean seen,
      DeletionPolicy policy,
      Optional<Existing> schedule,
      Map<String, DeletionStep> runs) {
    boolean ours = schedule.filter(Existing.Adoptable.class::isInstance).isPresent();
    if (schedule.isPresent() && !ours) {
      return new LetGo();
    }
    return switch (policy) {
      case Retain -> seen || ours ? new Release(ours) : new LetGo();
      case Delete -> ours ? new Stop() : purge(runs);
    };
  }

  private static ScheduleEnding purge(Map<String, DeletionStep> runs) {
    Map<String, DeletionStep> sorted = new TreeMap<>(runs);
    List<String> ended =
        sorted.entrySet().stream()
            .filter(run -> run.getValue() instanceof DeletionStep.Request)
            .map(Map.Entry::getKey)
            .toList();
    Optional<String> running =
        sorted.values().stream()
            .flatMap(
                step ->
                    step instanceof DeletionStep.Await(String message, boolean failing)
                        ? Stream.of(message)
                        : Stream.empty())
            .findFirst();
    return ended.isEmpty() && running.isEmpty() ? new LetGo() : new Purge(ended, running);
  }
}
