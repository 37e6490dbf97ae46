package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroScheduleObservation;
import dev.kurator.backup.provider.velero.ScheduleState;
import java.util.List;

/** The conditions that an observed schedule deserves: how its runs end is not its own fault. */
final class ScheduleMarks {

  private ScheduleMarks() {}

  /**
   * Ready and Synced.
   *
   * @param name Velero's Schedule, for the messages
   * @param adopted whether it is from before the resource
   */
  static List<Mark> of(
      String name, VeleroScheduleObservation seen, ScheduleState state, boolean adopted) {
    Mark synced =
        adopted
            ? Mark.adopted("Velero's Schedule " + name + " is from before this resource")
            : Mark.synced();
    return List.of(ready(name, seen, state), synced);
  }

  private static Mark ready(String name, VeleroScheduleObservation seen, ScheduleState state) {
    if (state.refused()) {
      return Mark.unavailable(
          "Velero refused Schedule " + name + ": " + String.join("; ", seen.validationErrors()));
    }
    if (state.paused()) {
      // Velero does not look at it before the pause ends
      return state.dueAfter(state.since()).isPresent()
          ? Mark.available("paused: no run begins until the pause ends")
          : Mark.unavailable("schedule " + state.cron() + " never comes due; correct it");
    }
    return "Enabled".equals(state.phase())
        ? Mark.available(null)
        : Mark.creating("waiting for Velero to look at Schedule " + name);
  }
}
