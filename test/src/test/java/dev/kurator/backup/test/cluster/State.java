package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what the status of an object says. */
final class State {

  private State() {}

  /** A text below status, or an empty one. */
  static String text(@Nullable GenericKubernetesResource object, Object... path) {
    Object value = object == null ? null : object.get(path);
    return value == null ? "" : value.toString();
  }

  /** The phase in the status, or an empty text. */
  static String phase(@Nullable GenericKubernetesResource object) {
    return text(object, "status", "phase");
  }

  /** Whether a condition has a status such as True. */
  static boolean is(@Nullable GenericKubernetesResource object, String type, String status) {
    return condition(object, type).filter(found -> status.equals(found.get("status"))).isPresent();
  }

  /** A condition's message, or an empty text. */
  static String message(@Nullable GenericKubernetesResource object, String type) {
    return condition(object, type).map(found -> String.valueOf(found.get("message"))).orElse("");
  }

  /** A condition's reason, or an empty text. */
  static String reason(@Nullable GenericKubernetesResource object, String type) {
    return condition(object, type).map(found -> String.valueOf(found.get("reason"))).orElse("");
  }

  /** A list of maps below status, such as backupDetails; empty when absent. */
  static List<Map<String, Object>> entries(
      @Nullable GenericKubernetesResource object, String field) {
    List<Map<String, Object>> found = object == null ? null : object.get("status", field);
    return found == null ? List.of() : found;
  }

  /** The whole status, for messages. */
  static String describe(@Nullable HasMetadata object) {
    return switch (object) {
      case null -> "absent";
      case GenericKubernetesResource any -> Serialization.asYaml(any.get("status"));
      default -> Serialization.asYaml(object);
    };
  }

  private static Optional<Map<String, Object>> condition(
      @Nullable GenericKubernetesResource object, String type) {
    return entries(object, "conditions").stream()
        .filter(condition -> type.equals(condition.get("type")))
        .findFirst();
  }
}
