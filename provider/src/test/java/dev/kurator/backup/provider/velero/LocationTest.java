package dev.kurator.backup.provider.velero;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.kurator.backup.apis.claim.StorageLocation;
import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.apis.managed.AccessMode;
import dev.kurator.backup.apis.managed.LocalSecretKeyReference;
import dev.kurator.backup.apis.managed.VeleroInstallParameters;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LocationTest {

  private static final String CHECK = "; check bucket, address and credentials";

  private static final StorageLocation S3 =
      new StorageLocation(
          "backups",
          StorageProvider.aws,
          "http://s3.example:7070/",
          null,
          "team-a/paris",
          Map.of());

  @Test
  void everyProviderHasItsLocation() {
    StorageLocation amazon =
        new StorageLocation(
            "backups",
            StorageProvider.aws,
            null,
            "eu-west-3",
            null,
            Map.of("serverSideEncryption", "AES256"));
    StorageLocation azure =
        new StorageLocation(
            "backups",
            StorageProvider.azure,
            null,
            null,
            "team-a/paris",
            Map.of("storageAccount", "acme", "resourceGroup", "rg"));
    StorageLocation gcp =
        new StorageLocation("backups", StorageProvider.gcp, null, null, "team-a/paris", Map.of());
    Golden.check(
        "locations.yaml",
        Stream.of(S3, amazon, azure, gcp)
            .map(location -> Location.storageLocation(install(location, null), "velero", "hub"))
            .toList());
  }

  @Test
  void theSecretLiesBesideItsLocationUnderTheSameName() {
    Golden.check(
        "credentials.yaml",
        List.of(
            Location.credentials(install(S3, null), "velero", "hub", "[default]".getBytes(UTF_8))));
  }

  @Test
  void theUsersConfigWinsOverOurs() {
    StorageLocation virtual =
        new StorageLocation(
            "backups",
            StorageProvider.aws,
            "https://s3.example",
            "lab",
            null,
            Map.of("s3ForcePathStyle", "false"));
    assertThat(config(virtual))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("region", "lab", "s3Url", "https://s3.example", "s3ForcePathStyle", "false"));
  }

  @Test
  void theNameIsOneForEveryoneWithTheSameBucketFolderAndAccess() {
    String name = Location.name(install(S3, null));
    assertThat(name).matches("kb-[0-9a-f]{16}");
    assertThat(Location.name(install(S3, AccessMode.ReadWrite))).isEqualTo(name);
    assertThat(Location.name(install(withUrl("http://s3.example:7070"), null))).isEqualTo(name);
    assertThat(
            List.of(
                Location.name(install(S3, AccessMode.ReadOnly)),
                Location.name(install(S3.under("team-a/berlin"), null)),
                Location.name(install(withUrl("http://other:7070"), null))))
        .doesNotHaveDuplicates()
        .doesNotContain(name);
  }

  @Test
  void aContainerOfAnotherAzureAccountIsAnotherLocation() {
    assertThat(Location.name(install(azure("one"), null)))
        .isNotEqualTo(Location.name(install(azure("two"), null)));
  }

  static Stream<Arguments> phases() {
    String unsynced =
        "BackupStorageLocation kb-1 is Available; Velero has yet to list the backups in it, which"
            + " it does every minute";
    return Stream.of(
        Arguments.of("Available", "2026-01-01T00:00:11Z", "ready"),
        Arguments.of("Available", "2026-01-01T00:00:10Z", unsynced),
        Arguments.of("Available", "", unsynced),
        Arguments.of("Available", "yesterday", unsynced),
        Arguments.of("", "", "BackupStorageLocation kb-1 has not been checked by Velero yet"),
        Arguments.of(
            "Unavailable",
            "2026-01-01T00:00:11Z",
            "BackupStorageLocation kb-1 is Unavailable: no such bucket" + CHECK),
        Arguments.of(
            "Broken",
            "2026-01-01T00:00:11Z",
            "BackupStorageLocation kb-1 is Broken: no such bucket" + CHECK));
  }

  @ParameterizedTest
  @MethodSource("phases")
  void aLocationIsReadyOnceAvailableAndSyncedSinceItWasMade(
      String phase, String synced, String expected) {
    GenericKubernetesResource location =
        location(Map.of("phase", phase, "lastSyncedTime", synced, "message", " no such bucket\n"));
    assertThat(answer(location, "")).isEqualTo(expected);
  }

  @Test
  void whatVeleroSaysIsUnwrappedAndTheSameAtEveryCheck() {
    GenericKubernetesResource location =
        location(
            Map.of(
                "phase",
                "Unavailable",
                "message",
                "BackupStorageLocation \"kb-1\" is unavailable: rpc error: code = Unknown desc ="
                    + " operation error S3: ListObjectsV2, https response error StatusCode: 404,"
                    + " RequestID: Y6XJYXCJF6U8OLVZ, HostID: NDoI3RF0hXy/ZyFJ+Q=, api error"
                    + " NoSuchBucket: The specified bucket does not exist."));
    assertThat(answer(location, ""))
        .isEqualTo(
            "BackupStorageLocation kb-1 is Unavailable: operation error S3: ListObjectsV2, https"
                + " response error StatusCode: 404, api error NoSuchBucket: The specified bucket"
                + " does not exist."
                + CHECK);
  }

  @Test
  void aWebPageForAnAnswerIsCutShort() {
    GenericKubernetesResource location =
        location(Map.of("phase", "Unavailable", "message", "<html>".repeat(10_000)));
    assertThat(answer(location, "")).hasSizeLessThan(1200).contains("...");
  }

  @Test
  void aLocationWithoutStatusHasNotBeenChecked() {
    assertThat(answer(location(Map.of()), ""))
        .isEqualTo("BackupStorageLocation kb-1 has not been checked by Velero yet");
  }

  @Test
  void aLocationThatIsBeingDeletedIsNotReady() {
    GenericKubernetesResource location =
        location(Map.of("phase", "Available", "lastSyncedTime", "2026-01-01T00:00:11Z"));
    location.getMetadata().setDeletionTimestamp("2026-01-01T00:01:00Z");
    assertThat(answer(location, "")).isEqualTo("BackupStorageLocation kb-1 is being deleted");
  }

  @Test
  void whatVeleroSaysNeverRepeatsCredentials() {
    String credentials =
        """
        [default]
        aws_access_key_id = kurator
        aws_secret_access_key=kurator-secret
        {"private_key_id": "0123456789", "client_email": "a@example.com"}
        """;
    GenericKubernetesResource location =
        location(
            Map.of(
                "phase",
                "Unavailable",
                "message",
                "bad key kurator / kurator-secret / 0123456789 for a@example.com,"
                    + " AKIAIOSFODNN7EXAMPLE, Credential=abc/2026, Signature=ff00&x=1"));
    assertThat(answer(location, credentials))
        .isEqualTo(
            "BackupStorageLocation kb-1 is Unavailable: bad key *** / *** / *** for a@example.com,"
                + " ***, Credential=***, Signature=***&x=1"
                + CHECK);
  }

  @Test
  void credentialsMadeToHurtAreReadInNoTime() {
    GenericKubernetesResource location = location(Map.of("phase", "Unavailable", "message", "no"));
    String hostile = "key".repeat(300_000) + "\n\"key\": \"" + "\\n".repeat(300_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertThat(answer(location, hostile))
                .isEqualTo("BackupStorageLocation kb-1 is Unavailable: no" + CHECK));
  }

  @Test
  void settingsAreTheSameUntilSomethingOfOursDiffers() {
    GenericKubernetesResource wanted = object(S3);
    assertThat(Location.sameSettings(object(S3), wanted)).isTrue();
    GenericKubernetesResource other =
        object(
            new StorageLocation(
                S3.bucket(), S3.provider(), S3.s3Url(), "elsewhere", S3.prefix(), Map.of()));
    assertThat(other.getMetadata().getName()).isEqualTo(wanted.getMetadata().getName());
    assertThat(Location.sameSettings(other, wanted)).isFalse();
  }

  private static Map<String, String> config(StorageLocation location) {
    return Fields.of(object(location)).in("spec").in("config").texts();
  }

  private static GenericKubernetesResource object(StorageLocation location) {
    return Location.storageLocation(install(location, null), "velero", "hub");
  }

  private static String answer(GenericKubernetesResource location, String credentials) {
    return switch (Location.readiness(location, credentials.getBytes(UTF_8))) {
      case LocationReadiness.Ready() -> "ready";
      case LocationReadiness.NotReady(String message) -> message;
    };
  }

  private static GenericKubernetesResource location(Map<String, Object> status) {
    GenericKubernetesResource location = object(S3);
    location.getMetadata().setName("kb-1");
    location.getMetadata().setCreationTimestamp("2026-01-01T00:00:10Z");
    location.setAdditionalProperty("status", status);
    return location;
  }

  private static StorageLocation withUrl(String url) {
    return new StorageLocation(S3.bucket(), S3.provider(), url, null, S3.prefix(), Map.of());
  }

  private static StorageLocation azure(String account) {
    return new StorageLocation(
        "backups", StorageProvider.azure, null, null, null, Map.of("storageAccount", account));
  }

  private static VeleroInstallParameters install(
      StorageLocation location, @Nullable AccessMode mode) {
    return new VeleroInstallParameters(
        location, mode, new LocalSecretKeyReference("s3", "cloud"), null);
  }
}
