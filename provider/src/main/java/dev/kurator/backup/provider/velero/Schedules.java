package dev.kurator.backup.provider.velero;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroScheduleParameters;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Velero's Schedule objects (velero pkg/apis/velero/v1/schedule_types.go). */
public final class Schedules {

  /** Label of a Backup: the Schedule that it is a run of. */
  public static final String NAME_LABEL = "velero.io/schedule-name";

  /** Velero puts the time of the run behind it, and 63 characters are a label value's most. */
  private static final int NAME_LENGTH = 48;

  private static final Pattern RUN = Pattern.compile("(.+)-[0-9]{14}");

  private Schedules() {}

  /** A name to try: the wanted one, or with a number behind it where released ones have it. */
  public static String name(String wanted, int attempt) {
    return Numbered.name(wanted, attempt, NAME_LENGTH);
  }

  /** The Schedule whose run has that name, as Velero names runs. */
  public static Optional<String> ofRun(String backupName) {
    Matcher run = RUN.matcher(backupName);
    return run.matches() ? Optional.of(run.group(1)) : Optional.empty();
  }

  /**
   * The Schedule to make. Its labels and annotations are those of its runs: Velero hands them on.
   *
   * @param name one of {@link #name}'s
   * @param namespace the engine's
   * @param location name of the BackupStorageLocation
   */
  public static GenericKubernetesResource schedule(
      String name,
      String namespace,
      VeleroScheduleParameters parameters,
      String location,
      Origin origin) {
    ObjectMeta metadata =
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace(namespace)
            .withLabels(origin.labels(parameters.labels()))
            .addToAnnotations(
                Names.POLICY_HASH_ANNOTATION,
                BackupTemplate.hash(parameters.policyHash(), parameters.policy()))
            .build();
    Map<String, Object> template = BackupTemplate.spec(parameters.policy(), namespace, location);
    template.put("metadata", Map.of("labels", metadata.getLabels()));
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("schedule", parameters.schedule());
    spec.put("paused", Boolean.TRUE.equals(parameters.paused()));
    // said, not left to the server's settings: the first run is at the next tick either way
    spec.put("skipImmediately", false);
    // an owner would take the Backup objects with it
    spec.put("useOwnerReferencesInBackup", false);
    spec.put("template", template);
    GenericKubernetesResource schedule = VeleroKind.Schedule.object(metadata);
    schedule.setAdditionalProperty("spec", spec);
    return schedule;
  }

  /**
   * Why Velero would refuse such a Schedule on this member, or could not even read it; empty if
   * neither.
   *
   * @param namespace the engine's
   */
  public static Optional<String> refusal(VeleroScheduleParameters parameters, String namespace) {
    // what is no cron Velero refuses itself, on that Schedule alone
    return Values.name(parameters.name(), "name")
        .or(() -> BackupTemplate.refusal(parameters.policy(), parameters.labels(), namespace));
  }

  /** What Velero says of a Schedule. */
  public static ScheduleState state(GenericKubernetesResource schedule) {
    return ScheduleState.of(schedule);
  }

  /**
   * What must be merged into a Schedule so that it is as wanted; Velero's own fields are left
   * alone.
   *
   * @return a JSON merge patch, empty where nothing differs
   */
  public static Map<String, @Nullable Object> difference(
      GenericKubernetesResource existing, GenericKubernetesResource wanted) {
    return Difference.between(existing, wanted);
  }

  /**
   * What a Schedule that already has our name is to us.
   *
   * @param location name of our BackupStorageLocation
   */
  public static Existing matches(
      GenericKubernetesResource existing,
      VeleroScheduleParameters parameters,
      String location,
      Origin origin) {
    return stranger(existing, parameters.labels(), location, origin)
        .<Existing>map(Existing.Taken::new)
        .orElseGet(Existing.Adoptable::new);
  }

  private static Optional<String> stranger(
      GenericKubernetesResource existing,
      Map<String, String> labels,
      String location,
      Origin origin) {
    String storage = storageLocation(existing);
    return origin
        .stranger(existing, labels)
        .or(
            () ->
                storage.equals(location)
                    ? Optional.empty()
                    : Optional.of("it writes to another storage location (%s)".formatted(storage)));
  }

  /**
   * Whether a Backup is a run of such a Schedule, and no other's of that name: made by this hub, on
   * this member, for this claim and in this location.
   *
   * @param name of the Schedule
   * @param location name of our BackupStorageLocation
   */
  public static boolean isRun(
      GenericKubernetesResource backup,
      String name,
      VeleroScheduleParameters parameters,
      String location,
      Origin origin) {
    Map<String, String> labels =
        Objects.requireNonNullElse(backup.getMetadata().getLabels(), Map.of());
    return name.equals(labels.get(NAME_LABEL))
        && Backups.storageLocation(backup).equals(location)
        && origin.stranger(backup, parameters.labels()).isEmpty();
  }

  /** Name of the BackupStorageLocation of its runs, empty where it has none. */
  public static String storageLocation(GenericKubernetesResource schedule) {
    return Fields.of(schedule).in("spec").in("template").text("storageLocation");
  }
}
