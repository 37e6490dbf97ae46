package dev.kurator.backup.provider.member;

import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Objects as a member gives them. */
final class ReadObject {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.:]{0,251}[a-z0-9])?");

  private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  /** What is read of the spec of a watched Backup or Restore. */
  private static final String[] READ = {"storageLocation", "backupName"};

  private ReadObject() {}

  /**
   * The object. An API server names every object and says when it was made; what lacks that is no
   * API server's, and would fail wherever it is used.
   *
   * @throws UnusableAnswer where it lacks that
   */
  static <T extends HasMetadata> T checked(String kind, @Nullable T object) {
    ObjectMeta metadata = object == null ? null : object.getMetadata();
    if (object == null
        || metadata == null
        || metadata.getName() == null
        || !NAME.matcher(metadata.getName()).matches()
        || !isTime(metadata.getCreationTimestamp())) {
      throw new UnusableAnswer(
          "it gave a %s without a valid name and time of creation; check its server"
              .formatted(kind));
    }
    return object;
  }

  /** Takes out what nobody reads of an object that is kept: most of it, where there are many. */
  static void reduce(HasMetadata object) {
    ObjectMeta metadata = object.getMetadata();
    metadata.setManagedFields(null);
    if (metadata.getAnnotations() != null) {
      metadata.getAnnotations().remove(APPLIED);
    }
    if (object instanceof GenericKubernetesResource velero
        && (VeleroKind.Backup.name().equals(velero.getKind())
            || VeleroKind.Restore.name().equals(velero.getKind()))
        && velero.getAdditionalProperties().get("spec") instanceof Map<?, ?> spec) {
      Map<String, Object> read = new TreeMap<>();
      for (String field : READ) {
        if (spec.get(field) instanceof String text) {
          read.put(field, text);
        }
      }
      velero.setAdditionalProperty("spec", read);
    }
  }

  private static boolean isTime(@Nullable String text) {
    try {
      return text != null && !Instant.parse(text).equals(Instant.MAX);
    } catch (DateTimeException e) {
      return false;
    }
  }
}
