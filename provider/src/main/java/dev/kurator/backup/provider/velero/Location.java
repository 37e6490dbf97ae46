package dev.kurator.backup.provider.velero;

import dev.kurator.backup.apis.claim.Absent;
import dev.kurator.backup.apis.claim.LocationSyntax;
import dev.kurator.backup.apis.claim.StorageLocation;
import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.apis.managed.AccessMode;
import dev.kurator.backup.apis.managed.LocationName;
import dev.kurator.backup.apis.managed.VeleroInstallParameters;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A bucket as a member's engine sees it: one BackupStorageLocation and the Secret it reads. */
public final class Location {

  private static final Pattern BUCKET = Pattern.compile(LocationSyntax.BUCKET);
  private static final Pattern PREFIX = Pattern.compile(LocationSyntax.PREFIX);
  private static final Pattern S3_URL = Pattern.compile(LocationSyntax.S3_URL);
  private static final Pattern REGION = Pattern.compile(LocationSyntax.REGION);

  /** Key of a member's storage Secret. */
  public static final String CREDENTIALS_KEY = "cloud";

  private Location() {}

  /** Name of the BackupStorageLocation and of its Secret: see {@link LocationName}. */
  public static String name(VeleroInstallParameters parameters) {
    return LocationName.of(parameters);
  }

  /**
   * Why no such location is made, whatever the schema allowed that it was written under; empty
   * where it is. A path may leave its folder, and some settings of the plugins read files of the
   * engine.
   */
  public static Optional<String> refusal(VeleroInstallParameters parameters) {
    StorageLocation location = parameters.location();
    return fits(location.bucket(), BUCKET, LocationSyntax.LONGEST_BUCKET, "bucket")
        .or(() -> fits(location.prefix(), PREFIX, LocationSyntax.LONGEST_FOLDER, "prefix"))
        .or(() -> fits(location.s3Url(), S3_URL, LocationSyntax.LONGEST_S3_URL, "s3Url"))
        .or(() -> fits(location.region(), REGION, LocationSyntax.LONGEST_REGION, "region"))
        .or(() -> config(location.provider(), location.config().keySet()));
  }

  private static Optional<String> fits(
      @Nullable String text, Pattern pattern, int longest, String field) {
    return text == null || (text.length() <= longest && pattern.matcher(text).matches())
        ? Optional.empty()
        : Optional.of(
            "location.%s is %s and must match %s, with at most %d characters"
                .formatted(field, Values.shown(text), pattern, longest));
  }

  private static Optional<String> config(StorageProvider provider, Set<String> keys) {
    List<String> allowed = LocationSyntax.CONFIG_KEYS.getOrDefault(provider, List.of());
    return keys.stream()
        .filter(key -> !allowed.contains(key))
        .findFirst()
        .map(
            key ->
                "location.config has the key %s, which is not allowed for provider %s; allowed are %s"
                    .formatted(Values.shown(key), provider, String.join(", ", allowed)));
  }

  /** The BackupStorageLocation; never the default one, so that only our backups use it. */
  public static GenericKubernetesResource storageLocation(
      VeleroInstallParameters parameters, String namespace, String hubId) {
    StorageLocation location = parameters.location();
    Map<String, Object> objectStorage = new LinkedHashMap<>();
    objectStorage.put("bucket", location.bucket());
    if (location.prefix() != null) {
      objectStorage.put("prefix", location.prefix());
    }
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("provider", location.provider().name());
    spec.put("default", false);
    spec.put("accessMode", accessMode(parameters).name());
    spec.put("objectStorage", objectStorage);
    spec.put("config", config(location));
    spec.put(
        "credential", Absent.orEmpty(Map.of("name", name(parameters), "key", CREDENTIALS_KEY)));
    GenericKubernetesResource object =
        VeleroKind.BackupStorageLocation.object(metadata(parameters, namespace, hubId));
    object.setAdditionalProperty("spec", spec);
    return object;
  }

  /**
   * The member's own copy of the credentials.
   *
   * @param content the provider's native credentials file
   */
  public static Secret credentials(
      VeleroInstallParameters parameters, String namespace, String hubId, byte[] content) {
    return new SecretBuilder()
        .withMetadata(metadata(parameters, namespace, hubId))
        .withType("Opaque")
        .addToData(CREDENTIALS_KEY, Base64.getEncoder().encodeToString(content))
        .build();
  }

  /**
   * Whether a location may take backups: available, and synced since it was made, or a backup could
   * collide with one that is already in the bucket.
   *
   * @param location the BackupStorageLocation as it is on the member
   * @param credentials the credentials it uses; their values are kept out of the message
   */
  public static LocationReadiness readiness(
      GenericKubernetesResource location, byte[] credentials) {
    return LocationCheck.readiness(location, credentials);
  }

  /**
   * Whether two locations of one name have the same settings; if not, that is a LocationConflict.
   * Fields that Velero fills in do not count.
   */
  public static boolean sameSettings(
      GenericKubernetesResource existing, GenericKubernetesResource wanted) {
    Fields is = Fields.of(existing).in("spec");
    Fields should = Fields.of(wanted).in("spec");
    return is.text("provider").equals(should.text("provider"))
        && is.in("objectStorage").text("bucket").equals(should.in("objectStorage").text("bucket"))
        && is.in("objectStorage").text("prefix").equals(should.in("objectStorage").text("prefix"))
        && is.text("accessMode").equals(should.text("accessMode"))
        && is.in("credential").text("name").equals(should.in("credential").text("name"))
        && is.in("config").texts().equals(should.in("config").texts());
  }

  /** Config of Velero's object store plugin: ours first, so that the user's wins. */
  private static Map<String, String> config(StorageLocation location) {
    Map<String, String> config = new TreeMap<>();
    if (location.provider() == StorageProvider.aws) {
      // the plugin insists on a region, most other S3 servers ignore it
      config.put("region", Objects.requireNonNullElse(location.region(), "us-east-1"));
      if (location.s3Url() != null) {
        config.put("s3Url", LocationName.endpoint(location));
        config.put("s3ForcePathStyle", "true");
      }
    }
    config.putAll(location.config());
    return config;
  }

  private static AccessMode accessMode(VeleroInstallParameters parameters) {
    return Objects.requireNonNullElse(parameters.accessMode(), AccessMode.ReadWrite);
  }

  private static ObjectMeta metadata(
      VeleroInstallParameters parameters, String namespace, String hubId) {
    return new ObjectMetaBuilder()
        .withName(name(parameters))
        .withNamespace(namespace)
        .withLabels(Engine.labels(hubId))
        .build();
  }
}
