package dev.kurator.backup.provider.velero;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kurator.backup.apis.claim.BackupPolicy;
import dev.kurator.backup.apis.claim.Progress;
import dev.kurator.backup.apis.claim.ResourceFilter;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.apis.managed.VeleroBackupParameters;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Velero's Backup objects (velero pkg/apis/velero/v1/backup_types.go). */
public final class Backups {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern HASHED = Pattern.compile("(.+)(-[0-9a-f]{8})");

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
    if (attempt == 0) {
      return wanted;
    }
    String suffix = "-" + (attempt + 1);
    int room = NAME_LENGTH - suffix.length();
    if (wanted.length() <= room) {
      return wanted + suffix;
    }
    // a hash at the end is what makes the name unique: cut before it
    Matcher hashed = HASHED.matcher(wanted);
    String kept = hashed.matches() ? hashed.group(2) : "";
    String head = hashed.matches() ? hashed.group(1) : wanted;
    return head.substring(0, room - kept.length()).replaceAll("-+$", "") + kept + suffix;
  }

  /** Hash of the policy as the user wrote it; of the policy at hand where the spec gives none. */
  public static String policyHash(VeleroBackupParameters parameters) {
    if (parameters.policyHash() != null) {
      return parameters.policyHash();
    }
    try {
      return Hash.hex(JSON.writeValueAsString(policy(parameters)), 16);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a policy is plain data", e);
    }
  }

  /**
   * The Backup to create.
   *
   * @param name one of {@link #name}'s
   * @param namespace the engine's, which is always left out of the backup: it holds the storage
   *     Secrets of other claims
   * @param location name of the BackupStorageLocation
   * @param memberIdentity UID of the member's kube-system namespace
   */
  public static GenericKubernetesResource backup(
      String name,
      String namespace,
      VeleroBackupParameters parameters,
      String location,
      String hubId,
      String memberIdentity) {
    GenericKubernetesResource backup =
        VeleroKind.Backup.object(
            new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(parameters.labels())
                .addToLabels(Names.HUB_LABEL, hubId)
                .addToLabels(Names.MEMBER_LABEL, memberIdentity)
                .addToAnnotations(Names.POLICY_HASH_ANNOTATION, policyHash(parameters))
                .build());
    backup.setAdditionalProperty("spec", spec(policy(parameters), namespace, location));
    return backup;
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
   * @param identities the member's own, and that of the lost cluster it replaces
   */
  public static Existing matches(
      GenericKubernetesResource existing,
      String policyHash,
      String location,
      Set<String> identities) {
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
    if (!identities.contains(identity)) {
      return new Existing.Taken(
          ("it was made by a different cluster (identity %s); set spec.replaces of the provider"
                  + " config if this cluster takes its place")
              .formatted(identity));
    }
    String storage = Fields.of(existing).in("spec").text("storageLocation");
    if (!storage.equals(location)) {
      return new Existing.Taken("it is in another storage location (%s)".formatted(storage));
    }
    if (!hash.equals(policyHash)) {
      return new Existing.Taken("it was taken with another policy");
    }
    return new Existing.Adoptable();
  }

  private static BackupPolicy policy(VeleroBackupParameters parameters) {
    return Objects.requireNonNullElse(parameters.policy(), BackupPolicy.UNSET);
  }

  private static Map<String, Object> spec(BackupPolicy policy, String namespace, String location) {
    ResourceFilter filter = policy.resourceFilter();
    // the records spell every filter as Velero does
    Map<String, Object> spec =
        filter == null
            ? new LinkedHashMap<>()
            : JSON.convertValue(filter, new TypeReference<LinkedHashMap<String, Object>>() {});
    spec.put("excludedNamespaces", excluded(filter, namespace));
    spec.put("storageLocation", location);
    spec.put("snapshotVolumes", false);
    spec.put("ttl", Objects.requireNonNullElse(policy.ttl(), "720h"));
    spec.put(
        "itemOperationTimeout", Objects.requireNonNullElse(policy.itemOperationTimeout(), "1h"));
    spec.put(
        "defaultVolumesToFsBackup",
        Objects.requireNonNullElse(policy.defaultVolumesToFsBackup(), true));
    if (!policy.orderedResources().isEmpty()) {
      spec.put("orderedResources", policy.orderedResources());
    }
    return spec;
  }

  private static List<String> excluded(@Nullable ResourceFilter filter, String namespace) {
    List<String> excluded =
        new ArrayList<>(filter == null ? List.of() : filter.excludedNamespaces());
    if (!excluded.contains(namespace)) {
      excluded.add(namespace);
    }
    return excluded;
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return Objects.requireNonNullElse(map, Map.of());
  }
}
