package dev.kurator.backup.provider.velero;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** One look at a BackupStorageLocation. */
final class LocationCheck {

  private LocationCheck() {}

  static LocationReadiness readiness(GenericKubernetesResource location, byte[] credentials) {
    Fields status = Fields.of(location).in("status");
    String name = location.getMetadata().getName();
    if (location.getMetadata().getDeletionTimestamp() != null) {
      return new LocationReadiness.NotReady(
          "BackupStorageLocation " + name + " is being deleted");
    }
    return switch (status.text("phase")) {
      case "Available" -> synced(location, status.textOrNull("lastSyncedTime"));
      case "" ->
          new LocationReadiness.NotReady(
              "BackupStorageLocation " + name + " has not been checked by Velero yet");
      // Unavailable, and whatever newer Veleros may add
      default ->
          new LocationReadiness.NotReady(
              "BackupStorageLocation %s is %s: %s"
                  .formatted(
                      name,
                      status.text("phase"),
                      Redaction.of(credentials).apply(message(status))));
    };
  }

  private static LocationReadiness synced(
      GenericKubernetesResource location, @Nullable String lastSynced) {
    Instant created = instant(location.getMetadata().getCreationTimestamp());
    Instant synced = instant(lastSynced);
    // both are whole seconds; equal ones leave open which came first
    if (created != null && synced != null && synced.isAfter(created)) {
      return new LocationReadiness.Ready();
    }
    return new LocationReadiness.NotReady(
        "BackupStorageLocation %s is Available; Velero has yet to list the backups in it, within a minute"
            .formatted(location.getMetadata().getName()));
  }

  private static String message(Fields status) {
    String message = status.text("message").strip();
    return message.isEmpty() ? "Velero gives no reason" : message;
  }

  private static @Nullable Instant instant(@Nullable String time) {
    try {
      return time == null ? null : Instant.parse(time);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
