package dev.kurator.backup.provider.velero;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Backup that Velero failed since the bucket has one of its name. The object is this one's, and
 * the data under its name somebody else's.
 */
public final class NameClash {

  private NameClash() {}

  /** Whether that is the reason why a Backup failed (velero backup_controller.go). */
  public static boolean is(@Nullable String failureReason) {
    return failureReason != null && failureReason.contains("already exists");
  }

  /**
   * Whether Velero would delete the other's data when this one expires: its garbage collection
   * looks at the expiration alone, and that is set before the name is looked for in the bucket.
   */
  public static boolean expires(GenericKubernetesResource backup) {
    Fields status = Fields.of(backup).in("status");
    return is(status.textOrNull("failureReason")) && status.textOrNull("expiration") != null;
  }

  /** The merge patch that takes the expiration off that very state of the object. */
  public static Map<String, ?> withoutExpiration(GenericKubernetesResource backup) {
    Map<String, @Nullable Object> status = new HashMap<>();
    status.put("expiration", null);
    return Map.of(
        "metadata",
        Map.of("resourceVersion", String.valueOf(backup.getMetadata().getResourceVersion())),
        "status",
        status);
  }
}
