package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.apis.managed.VeleroScheduleStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a VeleroSchedule itself says of its life so far.
 *
 * @param wantedName the name to begin with
 * @param externalName name of Velero's Schedule, once chosen
 * @param seen whether Velero's Schedule was there once
 */
record ScheduleSituation(
    String wantedName, @Nullable String externalName, boolean seen, Policies policies) {

  /** Reads it off the resource. */
  static ScheduleSituation of(VeleroSchedule schedule) {
    VeleroScheduleStatus status = schedule.getStatus();
    return new ScheduleSituation(
        schedule.getSpec().forProvider().name(),
        Annotations.of(schedule).get(Names.EXTERNAL_NAME),
        status != null && status.atProvider() != null,
        Policies.of(schedule, schedule.getSpec().managementPolicies()));
  }
}
