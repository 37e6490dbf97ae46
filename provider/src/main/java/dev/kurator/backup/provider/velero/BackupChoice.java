package dev.kurator.backup.provider.velero;

import dev.kurator.backup.apis.managed.AccessMode;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroRestoreParameters;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which of Velero's Backups on a member a Restore restores. */
public sealed interface BackupChoice {

  /**
   * This one.
   *
   * @param startTimestamp when it began, null where Velero does not say
   */
  record Chosen(String backupName, @Nullable String startTimestamp) implements BackupChoice {}

  /** None can be restored yet; the reason says what is awaited. */
  record Waiting(String reason) implements BackupChoice {}

  /** None ever will be. */
  record Never(String reason) implements BackupChoice {}

  /**
   * The Backups to choose among.
   *
   * @param backups all on the member, of every location
   * @param location name of the BackupStorageLocation to restore from
   * @param lastSynced when Velero last brought that location's Backups here with all their records,
   *     RFC 3339, null where it never did
   * @param readOnly whether nothing there can have been made on the member
   * @param released names of Backups whose claim was deleted
   * @param place what users call the location, for messages
   */
  record Shelf(
      List<GenericKubernetesResource> backups,
      String location,
      @Nullable String lastSynced,
      boolean readOnly,
      Set<String> released,
      String place) {

    private static final Set<String> CLAIM_LABELS =
        Set.of(
            Names.CLAIM_KIND_LABEL,
            Names.CLAIM_NAMESPACE_LABEL,
            Names.CLAIM_NAME_LABEL,
            Names.POLICY_LABEL);

    /**
     * The Backups as they are on the member.
     *
     * @param storageLocation the BackupStorageLocation, null where it is not there
     */
    public static Shelf of(
        List<GenericKubernetesResource> backups,
        String location,
        @Nullable GenericKubernetesResource storageLocation,
        Set<String> released,
        String place) {
      return new Shelf(
          backups,
          location,
          storageLocation == null
              ? null
              : Fields.of(storageLocation).in("status").textOrNull("lastSyncedTime"),
          storageLocation != null
              && AccessMode.ReadOnly.name()
                  .equals(Fields.of(storageLocation).in("spec").textOrNull("accessMode")),
          released,
          place);
    }

    /** The choice that the parameters ask for. */
    public BackupChoice choose(VeleroRestoreParameters wishes) {
      String name = wishes.backupName();
      return name == null
          ? newest(wishes.backupLabels(), Boolean.TRUE.equals(wishes.allowPartiallyFailed()))
          : named(name);
    }

    private BackupChoice named(String name) {
      Optional<GenericKubernetesResource> found =
          backups.stream().filter(backup -> backup.getMetadata().getName().equals(name)).findAny();
      if (found.isEmpty()) {
        return new Waiting(
            "Backup %s is not in %s, as far as Velero has looked; waiting for it"
                .formatted(name, place));
      }
      if (!here(found.get())) {
        return new Waiting(
            "the member's Backup %s is in another storage location, not in %s"
                .formatted(name, place));
      }
      String phase = Fields.of(found.get()).in("status").text("phase");
      return switch (VeleroPhase.of(found.get())) {
        case Completed, PartiallyFailed -> ready(found.get());
        case Waiting, Running -> new Waiting("Backup " + name + " is still being taken");
        case Failed -> new Never("Backup " + name + " is " + phase + ": nothing can be restored");
        case Deleting -> new Never("Velero is deleting Backup " + name + " with its data");
      };
    }

    private BackupChoice newest(Map<String, String> labels, boolean allowPartiallyFailed) {
      List<GenericKubernetesResource> ours =
          backups.stream().filter(this::here).filter(backup -> offered(backup, labels)).toList();
      return ours.stream()
          .filter(backup -> usable(backup, allowPartiallyFailed))
          .max(
              Comparator.comparing(Shelf::started)
                  .thenComparing(backup -> backup.getMetadata().getName()))
          .map(this::ready)
          .orElseGet(() -> new Waiting(none(ours, labels)));
    }

    private boolean here(GenericKubernetesResource backup) {
      return location.equals(Fields.of(backup).in("spec").text("storageLocation"));
    }

    private boolean offered(GenericKubernetesResource backup, Map<String, String> labels) {
      Map<String, String> its = labels(backup);
      return its.entrySet().containsAll(labels.entrySet())
          && !its.containsKey(Names.RELEASED_LABEL)
          && !released.contains(backup.getMetadata().getName());
    }

    private static boolean usable(GenericKubernetesResource backup, boolean allowPartiallyFailed) {
      return switch (VeleroPhase.of(backup)) {
        case Completed -> true;
        case PartiallyFailed -> allowPartiallyFailed;
        case Waiting, Running, Failed, Deleting -> false;
      };
    }

    /** Velero brings a Backup first and the records of its volumes after it. */
    private BackupChoice ready(GenericKubernetesResource backup) {
      String created = Objects.requireNonNullElse(backup.getMetadata().getCreationTimestamp(), "");
      // the clocks of two clusters need not agree, so times alone do not tell
      boolean madeHere = !readOnly && created.compareTo(started(backup)) <= 0;
      if (madeHere || (lastSynced != null && lastSynced.compareTo(created) >= 0)) {
        return new Chosen(
            backup.getMetadata().getName(),
            Fields.of(backup).in("status").textOrNull("startTimestamp"));
      }
      return new Waiting(
          "Backup %s came from %s just now; waiting for the records of its volumes"
              .formatted(backup.getMetadata().getName(), place));
    }

    private String none(List<GenericKubernetesResource> ours, Map<String, String> labels) {
      String none = "no completed backup %s is in %s yet".formatted(wanted(labels), place);
      return ours.stream()
          .max(Comparator.comparing(Shelf::started))
          .map(
              newest ->
                  "%s; the newest, %s, is %s"
                      .formatted(none, newest.getMetadata().getName(), VeleroPhase.of(newest)))
          .orElse(none);
    }

    /** By hand, any labels may be asked for. */
    private static String wanted(Map<String, String> labels) {
      return labels.keySet().equals(CLAIM_LABELS)
          ? "of policy %s of %s %s/%s"
              .formatted(
                  labels.get(Names.POLICY_LABEL),
                  labels.get(Names.CLAIM_KIND_LABEL),
                  labels.get(Names.CLAIM_NAMESPACE_LABEL),
                  labels.get(Names.CLAIM_NAME_LABEL))
          : "with the labels " + new TreeMap<>(labels);
    }

    private static Map<String, String> labels(GenericKubernetesResource backup) {
      return Objects.requireNonNullElse(backup.getMetadata().getLabels(), Map.of());
    }

    /** As Kubernetes writes times: of one length and in UTC, so that they sort as texts. */
    private static String started(GenericKubernetesResource backup) {
      return Fields.of(backup).in("status").text("startTimestamp");
    }
  }
}
