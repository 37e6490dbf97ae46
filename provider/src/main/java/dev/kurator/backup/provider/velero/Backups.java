package dev.kurator.backup.provider.velero;

import dev.kurator.backup.apis.claim.Progress;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.apis.managed.VeleroBackupParameters;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Velero's Backup objects (velero pkg/apis/velero/v1/backup_types.go). */
public final class Backups {

  private static final int NAME_LENGTH = 63;

  private Backups() {}

  /**
   * A name to try.
   *
   * @param wanted the name from the spec
   * @param attempt how many names were passed by, because released backups have them
   * @return the wanted name, or one with a number behind it and 63 characters at most
   */
  public static String name(String wanted, int attempt) {
    return Numbered.name(wanted, attempt, NAME_LENGTH);
  }

  /** Hash of the policy as the user wrote it; of the policy at hand where the spec gives none. */
  public static String policyHash(VeleroBackupParameters parameters) {
    return BackupTemplate.hash(parameters.policyHash(), parameters.policy());
  }

  /**
   * The Backup to create.
   *
   * @param name one of {@link #name}'s
   * @param namespace the engine's, which is always left out of the backup: it holds the storage
   *     Secrets of other claims
   * @param location name of the BackupStorageLocation
   */
  public static GenericKubernetesResource backup(
      String name,
      String namespace,
      VeleroBackupParameters parameters,
      String location,
      Origin origin) {
    GenericKubernetesResource backup =
        VeleroKind.Backup.object(
            new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(origin.labels(parameters.labels()))
                .addToAnnotations(Names.POLICY_HASH_ANNOTATION, policyHash(parameters))
                .build());
    backup.setAdditionalProperty(
        "spec", BackupTemplate.spec(parameters.policy(), namespace, location));
    return backup;
  }

  /**
   * Why Velero would refuse such a Backup on this member, or could not even read it; empty if
   * neither.
   *
   * @param namespace the engine's
   */
  public static Optional<String> refusal(VeleroBackupParameters parameters, String namespace) {
    return Values.duration(parameters.startDeadline(), "startDeadline")
        .or(() -> Values.duration(parameters.progressInterval(), "progressInterval"))
        .or(() -> Values.name(parameters.name(), "name"))
        .or(() -> BackupTemplate.refusal(parameters.policy(), parameters.labels(), namespace));
  }

  /** Velero's status of a Backup. */
  public static VeleroBackupObservation observation(GenericKubernetesResource backup) {
    Fields status = Fields.of(backup).in("status");
    Fields progress = status.in("progress");
    return new VeleroBackupObservation(
        status.textOrNull("phase"),
        status.textOrNull("startTimestamp"),
        status.textOrNull("completionTimestamp"),
        status.textOrNull("expiration"),
        progress.isEmpty()
            ? null
            : new Progress(progress.number("totalItems"), progress.number("itemsBackedUp")),
        status.number("errors"),
        status.number("warnings"),
        status.textOrNull("failureReason"),
        status.list("validationErrors"),
        List.of());
  }

  /** The same status with the first few errors and warnings in it. */
  public static VeleroBackupObservation explained(
      VeleroBackupObservation seen, List<String> reasons) {
    return new VeleroBackupObservation(
        seen.phase(),
        seen.startTimestamp(),
        seen.completionTimestamp(),
        seen.expiration(),
        seen.progress(),
        seen.errors(),
        seen.warnings(),
        seen.failureReason(),
        seen.validationErrors(),
        reasons);
  }

  /**
   * The request that makes Velero delete a backup with its data (velero pkg/backup/delete_helpers).
   * Its name is the backup's UID, so asking twice is one request.
   *
   * @param uid the Backup object's UID
   */
  public static GenericKubernetesResource deleteRequest(
      String backupName, String uid, String namespace) {
    GenericKubernetesResource request =
        VeleroKind.DeleteBackupRequest.object(
            new ObjectMetaBuilder()
                .withName(uid)
                .withNamespace(namespace)
                .addToLabels("velero.io/backup-name", backupName)
                .addToLabels("velero.io/backup-uid", uid)
                .build());
    request.setAdditionalProperty("spec", Map.of("backupName", backupName));
    return request;
  }

  /**
   * What a Backup that already has our name is to us.
   *
   * @param location name of our BackupStorageLocation
   */
  public static Existing matches(
      GenericKubernetesResource existing,
      VeleroBackupParameters parameters,
      String location,
      Origin origin) {
    Map<String, String> labels = orEmpty(existing.getMetadata().getLabels());
    if (labels.containsKey(Names.RELEASED_LABEL)) {
      return new Existing.Released();
    }
    String identity = labels.get(Names.MEMBER_LABEL);
    String hash =
        orEmpty(existing.getMetadata().getAnnotations()).get(Names.POLICY_HASH_ANNOTATION);
    if (identity == null || hash == null) {
      return new Existing.Taken("it was not made by this provider");
    }
    if (!origin.identities().contains(identity)) {
      return new Existing.Taken(
          ("it was made by a different cluster (identity %s); set spec.replaces of the provider"
                  + " config if this cluster takes its place")
              .formatted(identity));
    }
    return elsewhere(existing, location)
        .or(() -> otherClaim(existing, parameters, origin))
        .or(
            () ->
                hash.equals(policyHash(parameters))
                    ? Optional.empty()
                    : Optional.of("it was taken with another policy"))
        .<Existing>map(Existing.Taken::new)
        .orElseGet(Existing.Adoptable::new);
  }

  private static Optional<String> otherClaim(
      GenericKubernetesResource existing, VeleroBackupParameters parameters, Origin origin) {
    String kind = orEmpty(existing.getMetadata().getLabels()).get(Names.CLAIM_KIND_LABEL);
    return kind == null || kind.equals(parameters.labels().get(Names.CLAIM_KIND_LABEL))
        ? origin.otherClaim(existing, parameters.labels())
        : Optional.of("it was taken for a %s".formatted(kind));
  }

  private static Optional<String> elsewhere(GenericKubernetesResource existing, String location) {
    String storage = storageLocation(existing);
    return storage.equals(location)
        ? Optional.empty()
        : Optional.of("it is in another storage location (%s)".formatted(storage));
  }

  /**
   * The same for one that the managed resource made or adopted: whatever else was edited since, it
   * must be this hub's, this member's, this claim's and in this location.
   *
   * @param location name of our BackupStorageLocation
   */
  public static Existing stillOwn(
      GenericKubernetesResource existing,
      VeleroBackupParameters parameters,
      String location,
      Origin origin) {
    return origin
        .stranger(existing, parameters.labels())
        .or(() -> elsewhere(existing, location))
        .<Existing>map(Existing.Taken::new)
        .orElseGet(Existing.Adoptable::new);
  }

  /** Name of the BackupStorageLocation of a Backup, empty where it has none. */
  public static String storageLocation(GenericKubernetesResource backup) {
    return Fields.of(backup).in("spec").text("storageLocation");
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return Objects.requireNonNullElse(map, Map.of());
  }
}
