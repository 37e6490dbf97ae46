package dev.kurator.backup.provider.reconcile;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/** What to do next for a VeleroSchedule. */
sealed interface ScheduleStep {

  /** Something must happen first. */
  record Wait(String message) implements ScheduleStep {}

  /** Something else has the name; somebody must decide which of the two stays. */
  record Blocked(String problem) implements ScheduleStep {}

  /** Make Velero's Schedule of this name. */
  record Create(String name) implements ScheduleStep {}

  /** Velero's Schedule of this name is this very schedule, from before this resource. */
  record Adopt(String name) implements ScheduleStep {}

  /** Velero's Schedule is there: keep it as it should be, and report on it. */
  record Keep(String name, GenericKubernetesResource schedule) implements ScheduleStep {}
}
