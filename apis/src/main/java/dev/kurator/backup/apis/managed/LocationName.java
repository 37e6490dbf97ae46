package dev.kurator.backup.apis.managed;

import dev.kurator.backup.apis.claim.StorageLocation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;

/** The name of a storage location on members, which is known before there is one. */
public final class LocationName {

  private static final String PREFIX = "kb-";
  private static final int HASH = 16;
  private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9a-f]{" + HASH + "}");

  private LocationName() {}

  /**
   * Name of the BackupStorageLocation and of its Secret: the same for the same provider, endpoint,
   * bucket, prefix and access mode, whoever asks.
   */
  public static String of(VeleroInstallParameters parameters) {
    StorageLocation location = parameters.location();
    AccessMode mode = Objects.requireNonNullElse(parameters.accessMode(), AccessMode.ReadWrite);
    String parts =
        String.join(
            "|",
            location.provider().name(),
            endpoint(location),
            location.bucket(),
            Objects.requireNonNullElse(location.prefix(), ""),
            mode.name());
    return PREFIX + hex(parts).substring(0, HASH);
  }

  /** Whether a text that anybody may have written has the form of such a name. */
  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  /** What tells two buckets of one name apart: buckets of AWS and GCP are unique by themselves. */
  public static String endpoint(StorageLocation location) {
    return switch (location.provider()) {
      case aws -> Objects.requireNonNullElse(location.s3Url(), "").replaceFirst("/$", "");
      case azure ->
          location.config().getOrDefault("storageAccount", "")
              + location.config().getOrDefault("storageAccountURI", "");
      case gcp -> location.config().getOrDefault("storeEndpoint", "");
    };
  }

  private static String hex(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
