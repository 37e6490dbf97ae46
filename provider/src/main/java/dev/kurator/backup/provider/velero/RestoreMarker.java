package dev.kurator.backup.provider.velero;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroRestoreObservation;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A member's memory of one Restore: a ConfigMap in the engine's namespace that outlives the hub,
 * the Restore object and the Backup.
 *
 * @param restoreName name of Velero's Restore
 * @param choice what is restored
 * @param policyHash hash of what the user asked for
 * @param location name of the BackupStorageLocation
 * @param created whether Velero's Restore was made, as far as is known
 * @param outcome how it ended, null before that
 */
public record RestoreMarker(
    String restoreName,
    BackupChoice.Chosen choice,
    String policyHash,
    String location,
    boolean created,
    @Nullable VeleroRestoreObservation outcome) {

  // a newer release may have written more
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private static final String PREFIX = "kurator-restore-";
  private static final String CREATED = "created";
  private static final String ANNOUNCED = "announced";

  /** Name of the ConfigMap for a Restore of that name. */
  public static String name(String restoreName) {
    return PREFIX + restoreName;
  }

  /** A ConfigMap without content, to look for. */
  public static ConfigMap like(String restoreName, String namespace) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name(restoreName))
        .withNamespace(namespace)
        .endMetadata()
        .build();
  }

  /** Velero's Restore is there. */
  public RestoreMarker asCreated() {
    return new RestoreMarker(restoreName, choice, policyHash, location, true, outcome);
  }

  /** It is over. */
  public RestoreMarker ended(VeleroRestoreObservation end) {
    return new RestoreMarker(restoreName, choice, policyHash, location, created, end);
  }

  /** The content of the ConfigMap. */
  public Map<String, String> data() {
    Map<String, String> data = new TreeMap<>();
    data.put("restore", restoreName);
    data.put("backup", choice.backupName());
    if (choice.startTimestamp() != null) {
      data.put("backupTimestamp", choice.startTimestamp());
    }
    data.put("policyHash", policyHash);
    data.put("location", location);
    data.put("state", created ? CREATED : ANNOUNCED);
    if (outcome != null) {
      try {
        data.put("outcome", JSON.writeValueAsString(outcome));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("an observation is plain data", e);
      }
    }
    return data;
  }

  /**
   * The ConfigMap.
   *
   * @param labels of the spec
   */
  public ConfigMap configMap(String namespace, Origin origin, Map<String, String> labels) {
    return new ConfigMapBuilder(like(restoreName, namespace))
        .editMetadata()
        .withLabels(origin.ofClaim(labels))
        .addToLabels(Names.HUB_LABEL, origin.hubId())
        .endMetadata()
        .withData(data())
        .build();
  }

  /** Reads one; empty where the ConfigMap is no such thing. */
  public static Optional<RestoreMarker> of(ConfigMap configMap) {
    Map<String, String> data = Objects.requireNonNullElse(configMap.getData(), Map.of());
    String restore = data.get("restore");
    String backup = data.get("backup");
    String hash = data.get("policyHash");
    String location = data.get("location");
    if (restore == null || backup == null || hash == null || location == null) {
      return Optional.empty();
    }
    try {
      String outcome = data.get("outcome");
      return Optional.of(
          new RestoreMarker(
              restore,
              new BackupChoice.Chosen(backup, data.get("backupTimestamp")),
              hash,
              location,
              !ANNOUNCED.equals(data.get("state")),
              outcome == null ? null : JSON.readValue(outcome, VeleroRestoreObservation.class)));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
