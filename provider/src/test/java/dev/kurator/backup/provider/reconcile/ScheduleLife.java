package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.apis.managed.VeleroScheduleObservation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** A life with one schedule in it. */
abstract class ScheduleLife extends ProviderLife {

  static final String NAME = Samples.SCHEDULE_NAME;

  /** Never due while a test runs. */
  static final String YEARLY = "0 0 1 1 *";

  static final String MONTHLY = "0 0 1 * *";
  static final Map<String, Object> DONE =
      Map.of("phase", "Completed", "completionTimestamp", "2026-11-22T12:00:00Z");

  @BeforeEach
  void enabled() {
    velero.says("Schedule", Map.of("phase", "Enabled"));
  }

  Resource<VeleroSchedule> schedule() {
    return hub.resources(VeleroSchedule.class).inNamespace(Samples.NAMESPACE).withName("schedule");
  }

  void apply(String cron, boolean paused, @Nullable DeletionPolicy policy) {
    register();
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    hub.resource(Samples.schedule(cron, paused, policy)).create();
  }

  VeleroSchedule applied(@Nullable DeletionPolicy policy) {
    apply(YEARLY, false, policy);
    return await(schedule(), scheduleSays(Condition.READY, "Available"));
  }

  static Predicate<VeleroSchedule> scheduleSays(String type, String part) {
    return schedule ->
        schedule != null
            && schedule.getStatus() != null
            && says(schedule.getStatus().conditions(), type, part);
  }

  static Predicate<VeleroSchedule> sees(Predicate<VeleroScheduleObservation> test) {
    return schedule ->
        schedule != null
            && schedule.getStatus() != null
            && schedule.getStatus().atProvider() != null
            && test.test(schedule.getStatus().atProvider());
  }

  static VeleroScheduleObservation seen(VeleroSchedule schedule) {
    return Objects.requireNonNull(schedule.getStatus().atProvider());
  }

  GenericKubernetesResource onMember(String name) {
    return (GenericKubernetesResource) velero.cluster.find("Schedule", name).orElseThrow();
  }

  static Instant ago(Duration duration) {
    return Instant.now().minus(duration).truncatedTo(ChronoUnit.SECONDS);
  }
}
