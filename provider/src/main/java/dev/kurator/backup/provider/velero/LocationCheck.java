package dev.kurator.backup.provider.velero;

import dev.kurator.backup.apis.syntax.PlainText;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One look at a BackupStorageLocation. */
final class LocationCheck {

  private static final Pattern NOISE =
      Pattern.compile(
          "^BackupStorageLocation \"[^\"]*\" is unavailable: "
              + "|rpc error: code = \\w+ desc = "
              + "|,? (?:RequestID|HostID): [^,\\s]*");

  private LocationCheck() {}

  static LocationReadiness readiness(GenericKubernetesResource location, byte[] credentials) {
    Fields status = Fields.of(location).in("status");
    String name = location.getMetadata().getName();
    if (location.getMetadata().getDeletionTimestamp() != null) {
      return new LocationReadiness.NotReady("BackupStorageLocation " + name + " is being deleted");
    }
    return switch (status.text("phase")) {
      case "Available" -> synced(location, status.textOrNull("lastSyncedTime"));
      case "" ->
          new LocationReadiness.NotReady(
              "BackupStorageLocation " + name + " has not been checked by Velero yet");
      // Unavailable, and whatever newer Veleros may add
      default ->
          new LocationReadiness.NotReady(
              "BackupStorageLocation %s is %s: %s; check bucket, address and credentials"
                  .formatted(
                      name, status.text("phase"), message(status, Redaction.of(credentials))));
    };
  }

  private static LocationReadiness synced(
      GenericKubernetesResource location, @Nullable String lastSynced) {
    Instant created = Times.read(location.getMetadata().getCreationTimestamp()).orElse(null);
    Instant synced = Times.read(lastSynced).orElse(null);
    // both are whole seconds; equal ones leave open which came first
    if (created != null && synced != null && synced.isAfter(created)) {
      return new LocationReadiness.Ready();
    }
    return new LocationReadiness.NotReady(
        ("BackupStorageLocation %s is Available; Velero has yet to list the backups in it, which it"
                + " does every minute")
            .formatted(location.getMetadata().getName()));
  }

  /**
   * The object store's own words: without Velero's wrapping, without what differs from one check to
   * the next, and bounded, since it ends in conditions and stores may answer with whole web pages.
   */
  private static String message(Fields status, Redaction redaction) {
    String message = NOISE.matcher(redaction.apply(status.text("message"))).replaceAll("").strip();
    if (message.isEmpty()) {
      return "Velero gives no reason";
    }
    return PlainText.of(message);
  }
}
