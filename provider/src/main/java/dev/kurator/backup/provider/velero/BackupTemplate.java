package dev.kurator.backup.provider.velero;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kurator.backup.apis.claim.BackupPolicy;
import dev.kurator.backup.apis.claim.ResourceFilter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Velero's BackupSpec, which a Backup has as its spec and a Schedule as its template. */
final class BackupTemplate {

  private static final ObjectMapper JSON = new ObjectMapper();

  private BackupTemplate() {}

  /**
   * Hash of a policy as the user wrote it.
   *
   * @param given null where nobody gave one: then of the policy at hand
   */
  static String hash(@Nullable String given, @Nullable BackupPolicy policy) {
    if (given != null) {
      return given;
    }
    try {
      return Hash.hex(JSON.writeValueAsString(orUnset(policy)), 16);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a policy is plain data", e);
    }
  }

  /**
   * The spec.
   *
   * @param namespace the engine's, which is always left out: it holds the storage Secrets of other
   *     claims
   */
  static Map<String, Object> spec(@Nullable BackupPolicy given, String namespace, String location) {
    BackupPolicy policy = orUnset(given);
    ResourceFilter filter = policy.resourceFilter();
    // the records spell every filter as Velero does
    Map<String, Object> spec =
        filter == null
            ? new LinkedHashMap<>()
            : JSON.convertValue(filter, new TypeReference<LinkedHashMap<String, Object>>() {});
    spec.putAll(new Reach(filter, namespace).fields());
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

  private static BackupPolicy orUnset(@Nullable BackupPolicy policy) {
    return Objects.requireNonNullElse(policy, BackupPolicy.UNSET);
  }
}
