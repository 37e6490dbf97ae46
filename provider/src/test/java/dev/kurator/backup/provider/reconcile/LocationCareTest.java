package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.provider.velero.Location;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocationCareTest extends Care {

  private final LocationCare locations = new LocationCare("hub", this::secret, applied);

  private final VeleroInstall install = Samples.install("a");
  private final String name = Location.name(install.getSpec().forProvider());

  /** Of the only install there is; gives the problem, if any. */
  private Optional<String> ensure(String content) {
    return locations.ensure(target(null), install, content(content), List.of(), NOON);
  }

  private static SecretValue.Present content(String text) {
    return new SecretValue.Present(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aLocationAndItsCredentialsAreAppliedOnceAndRotationIsCopied() {
    ensure("one");
    assertThat(cluster.calls())
        .containsExactly("apply Secret/" + name, "apply BackupStorageLocation/" + name);

    cluster.forgetCalls();
    ensure("one");
    assertThat(cluster.calls()).isEmpty();
    ensure("two");
    assertThat(cluster.calls()).containsExactly("apply Secret/" + name);
  }

  @Test
  void aLocationWaitsForVelerosKinds() {
    member.veleroServed(false);
    assertThat(ensure("one")).isEmpty();
    assertThat(cluster.calls()).isEmpty();
  }

  @Test
  void anotherHubsLocationIsNeverTouched() {
    cluster.put(Location.storageLocation(install.getSpec().forProvider(), "velero", "other"));
    assertThat(ensure("one"))
        .hasValueSatisfying(problem -> assertThat(problem).contains("belongs to somebody else"));
    assertThat(cluster.calls()).isEmpty();
  }

  @Test
  void theOldestOfThoseWhoShareALocationSetsItsCredentialsAndSettings() {
    VeleroInstall old = Samples.install("old");
    old.getMetadata().setCreationTimestamp("2026-11-22T11:00:00Z");
    hub.put(new SecretName(Samples.NAMESPACE, "store"), "one");

    assertThat(conflict(Samples.install("new", "other", Map.of()), "two", old))
        .contains("LocationConflict")
        .contains("team-a/old")
        .contains("other credentials");
    assertThat(conflict(Samples.install("new", "other", Map.of()), "one", old)).isEmpty();
    assertThat(conflict(Samples.install("new", "store", Map.of("tagging", "x")), "one", old))
        .contains("LocationConflict")
        .contains("other settings");
    assertThat(
            locations.ensure(
                target(null),
                old,
                content("one"),
                List.of(Samples.install("new", "other", Map.of())),
                NOON))
        .isEmpty();
  }

  private String conflict(VeleroInstall install, String content, VeleroInstall old) {
    return locations.ensure(target(null), install, content(content), List.of(old), NOON).orElse("");
  }

  @Test
  void removingALocationTakesWhatCameFromItAndAsksForNoDeletionOfData() {
    ensure("one");
    cluster.put(velero(VeleroKind.Backup, "mine", "storageLocation", name, "Completed"));
    cluster.put(velero(VeleroKind.Backup, "other", "storageLocation", "elsewhere", "Completed"));
    cluster.put(
        velero(VeleroKind.BackupRepository, "repo", "backupStorageLocation", name, "Ready"));
    cluster.forgetCalls();

    assertThat(locations.remove(target(null), name)).isPresent();
    assertThat(cluster.calls())
        .containsExactly(
            "delete BackupStorageLocation/" + name,
            "delete Backup/mine",
            "delete BackupRepository/repo");
    assertThat(locations.remove(target(null), name)).isEmpty();
    assertThat(cluster.find("Secret", name)).isEmpty();
    assertThat(cluster.find("Backup", "other")).isPresent();
    assertThat(cluster.count("DeleteBackupRequest")).isZero();
  }

  @Test
  void anotherHubsSecretOfThatNameStays() {
    cluster.put(
        Location.credentials(install.getSpec().forProvider(), "velero", "other", new byte[1]));

    assertThat(locations.remove(target(null), name)).isEmpty();
    assertThat(cluster.calls()).isEmpty();
  }

  @Test
  void anotherHubsSecretIsNotOverwrittenThoughItsLocationIsNotThereYet() {
    Secret theirs =
        Location.credentials(install.getSpec().forProvider(), "velero", "other", new byte[1]);
    cluster.put(theirs);
    assertThat(ensure("one"))
        .hasValueSatisfying(problem -> assertThat(problem).contains("belongs to somebody else"));
    assertThat(cluster.calls()).isEmpty();
  }

  @Test
  void whatComesFromALocationThatAnotherHubIsJustMakingStays() {
    cluster.put(
        Location.credentials(install.getSpec().forProvider(), "velero", "other", new byte[1]));
    cluster.put(velero(VeleroKind.Backup, "theirs", "storageLocation", name, "Completed"));
    assertThat(locations.remove(target(null), name)).isEmpty();
    cluster.remove(cluster.find("Secret", name).orElseThrow());
    assertThat(locations.remove(target(null), name)).isEmpty();
    assertThat(cluster.calls()).isEmpty();
  }

  @Test
  void whatIsLeftOfALocationThatSomebodyDeletedGoesWithItsSecret() {
    ensure("one");
    cluster.put(velero(VeleroKind.Backup, "mine", "storageLocation", name, "Completed"));
    cluster.remove(cluster.find("BackupStorageLocation", name).orElseThrow());
    assertThat(locations.remove(target(null), name)).isPresent();
    assertThat(locations.remove(target(null), name)).isEmpty();
    assertThat(cluster.find("Backup", "mine")).isEmpty();
    assertThat(cluster.find("Secret", name)).isEmpty();
  }

  @Test
  void whatCameFromAnotherHubsLocationStaysAndItsCredentialsToo() {
    ensure("one");
    cluster.put(Location.storageLocation(install.getSpec().forProvider(), "velero", "other"));
    cluster.put(velero(VeleroKind.Backup, "theirs", "storageLocation", name, "Completed"));
    cluster.put(velero(VeleroKind.Backup, "running", "storageLocation", name, "InProgress"));
    cluster.forgetCalls();

    assertThat(locations.remove(target(null), name)).isEmpty();
    assertThat(cluster.calls()).isEmpty();
  }

  @Test
  void aLocationStaysWhileVeleroWritesToIt() {
    ensure("one");
    cluster.put(velero(VeleroKind.Backup, "mine", "storageLocation", name, "InProgress"));
    cluster.forgetCalls();

    assertThat(locations.remove(target(null), name))
        .hasValueSatisfying(
            problem -> assertThat(problem).contains("waiting for Velero's Backup mine"));
    assertThat(cluster.calls()).isEmpty();
  }

  @Test
  void aLocationStaysWhileARestoreThatNobodyKeepsAnyMoreReadsIt() {
    ensure("one");
    cluster.put(velero(VeleroKind.Backup, "mine", "storageLocation", name, "Completed"));
    cluster.put(velero(VeleroKind.Backup, "other", "storageLocation", "elsewhere", "Completed"));
    cluster.put(velero(VeleroKind.Restore, "let-go", "backupName", "mine", "InProgress"));
    cluster.put(velero(VeleroKind.Restore, "others", "backupName", "other", "InProgress"));
    cluster.forgetCalls();

    assertThat(locations.remove(target(null), name))
        .hasValueSatisfying(
            problem -> assertThat(problem).contains("waiting for Velero's Restore let-go"));
    assertThat(cluster.calls()).isEmpty();
    cluster.put(velero(VeleroKind.Restore, "let-go", "backupName", "mine", "Completed"));
    assertThat(locations.remove(target(null), name))
        .hasValueSatisfying(problem -> assertThat(problem).contains("removing"));
  }

  private static GenericKubernetesResource velero(
      VeleroKind kind, String name, String field, String location, String phase) {
    GenericKubernetesResource object = new GenericKubernetesResource();
    object.setApiVersion(VeleroKind.API_VERSION);
    object.setKind(kind.name());
    object.setMetadata(new ObjectMetaBuilder().withNamespace("velero").withName(name).build());
    object.setAdditionalProperty("spec", Map.of(field, location));
    object.setAdditionalProperty("status", Map.of("phase", phase));
    return object;
  }
}
