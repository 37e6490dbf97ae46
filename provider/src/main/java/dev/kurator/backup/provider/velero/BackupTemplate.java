package dev.kurator.backup.provider.velero;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kurator.backup.apis.claim.BackupPolicy;
import dev.kurator.backup.apis.claim.ResourceFilter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

  /**
   * Why Velero would refuse a policy on this member, or could not even read it; empty if neither.
   *
   * @param labels those of the backups
   * @param namespace the engine's
   */
  static Optional<String> refusal(
      @Nullable BackupPolicy given, Map<String, String> labels, String namespace) {
    BackupPolicy policy = orUnset(given);
    return Values.duration(policy.ttl(), "policy.ttl")
        .or(() -> Values.duration(policy.itemOperationTimeout(), "policy.itemOperationTimeout"))
        .or(() -> Values.labels(labels, "labels"))
        .or(() -> Values.selectors(policy.resourceFilter()))
        .or(() -> engineNamed(policy.resourceFilter(), namespace));
  }

  private static Optional<String> engineNamed(@Nullable ResourceFilter filter, String namespace) {
    return filter != null && filter.includedNamespaces().contains(namespace)
        ? Optional.of(
            "resourceFilter.includedNamespaces names "
                + namespace
                + ", the engine's own namespace, which is never in a backup; remove it")
        : Optional.empty();
  }

  private static BackupPolicy orUnset(@Nullable BackupPolicy policy) {
    return Objects.requireNonNullElse(policy, BackupPolicy.UNSET);
  }
}
