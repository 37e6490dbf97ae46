package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What becomes of the bucket when claims go. Each test has locations of its own: they go too. */
@Order(4)
@ClusterTest
class DeletionIT {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Bed bed = Bed.shared();

  @Test
  void retainLeavesEveryObjectAsItWasAndTheBackupCanBeRestored() {
    String namespace = bed.namespace("team-retain");
    String prefix = namespace + "/paris";
    String kept = complete(namespace, "kept", "Retain");
    SortedMap<String, String> before = objects(namespace);
    assertThat(before).hasSizeGreaterThan(10);

    claim(namespace, "kept").delete(bed.hub(), PATIENCE);

    assertNothingLeft(namespace, prefix);
    assertThat(objects(namespace)).isEqualTo(before);

    // A later claim brings the location back, and Velero finds in it what it wrote.
    complete(namespace, "later", "Retain");
    bed.paris().awaitBackupsOf("kept", "the kept one is back", found -> named(found, kept));
    String target = namespace.replace("team-", "restored-");
    bed.paris().restore(kept, target);
    assertThat(bed.paris().checksum(target)).isEqualTo(bed.paris().checksum(Example.WORKLOAD));
    assertThat(objects(namespace)).containsAllEntriesOf(backupOnly(before, kept));
  }

  @Test
  void deleteTakesOneBackupOutOfTheBucketEvenWithoutTheHubsSecretAndNoOther() {
    String namespace = bed.namespace("team-delete");
    String prefix = namespace + "/paris";
    String kept = complete(namespace, "kept", "Retain");
    String gone = complete(namespace, "gone", "Delete");
    SortedMap<String, String> before = objects(namespace);
    assertThat(backupOnly(before, gone)).isNotEmpty();
    assertThat(volumes(gone)).isNotEmpty();

    bed.hub().client().secrets().inNamespace(namespace).withName(Example.CREDENTIALS).delete();
    claim(namespace, "gone").delete(bed.hub(), PATIENCE);

    SortedMap<String, String> after = objects(namespace);
    assertThat(backupOnly(after, gone)).as("objects of the deleted backup").isEmpty();
    assertThat(backupOnly(after, kept)).isEqualTo(backupOnly(before, kept));
    assertThat(volumes(gone)).as("its volumes on the member").isEmpty();
    assertThat(bed.paris().backupsOf(namespace, "gone")).isEmpty();
    String target = namespace.replace("team-", "restored-");
    bed.paris().restore(kept, target);
    assertThat(bed.paris().checksum(target)).isEqualTo(bed.paris().checksum(Example.WORKLOAD));

    // Whoever changes his mind edits the claim; then the namespace goes at once, Secret and all.
    edit(namespace, "kept", "Delete");
    deleteNamespace(namespace);
    assertNothingLeft(namespace, prefix);
    assertThat(backupOnly(objects(namespace), kept)).isEmpty();
  }

  @Test
  void anEditToRetainKeepsTheRunsOfAClaimThatItMakesInvalid() {
    String namespace = bed.namespace("team-invalid");
    ClaimYaml yaml = ClaimYaml.on(bed.store(), namespace, "minutely", bed.only(bed.paris()));
    String timing = "schedule: '* * * * *'\ndeletionPolicy: Delete\n";
    bed.hub().cluster().apply(new ClaimYaml(namespace, "minutely", yaml.spec() + timing).text());
    Claim claim = claim(namespace, "minutely");
    String run =
        lastRun(claim.await("a run is Completed", PATIENCE, seen -> !lastRun(seen).isEmpty()));
    SortedMap<String, String> before = backupOnly(objects(namespace), run);
    assertThat(before).isNotEmpty();

    claim.edit(
        "{\"spec\": {\"deletionPolicy\": \"Retain\","
            + " \"schedule\": \"CRON_TZ=Europe/Atlantis * * * * *\"}}");
    claim.await(
        "it is invalid, and Retain is in force",
        PATIENCE,
        seen ->
            State.reason(seen, "Accepted").equals("InvalidClaim")
                && State.text(seen, "status", "deletionPolicy").equals("Retain"));
    claim.delete(bed.hub(), PATIENCE);

    assertThat(backupOnly(objects(namespace), run)).isEqualTo(before);
  }

  private static String lastRun(@Nullable GenericKubernetesResource claim) {
    return Claim.detail(claim, "paris").get("lastSuccessfulBackup") instanceof Map<?, ?> moment
        ? String.valueOf(moment.get("name"))
        : "";
  }

  /** Applies a claim for paris and waits; returns the name of Velero's Backup. */
  private String complete(String namespace, String name, String deletionPolicy) {
    ClaimYaml claim = ClaimYaml.on(bed.store(), namespace, name, bed.only(bed.paris()));
    bed.hub()
        .cluster()
        .apply(
            new ClaimYaml(
                    namespace, name, claim.spec() + "deletionPolicy: " + deletionPolicy + "\n")
                .text());
    GenericKubernetesResource ended = claim(namespace, name).awaitPhase("Completed", PATIENCE);
    return String.valueOf(Claim.detail(ended, "paris").get("backupName"));
  }

  private void edit(String namespace, String name, String deletionPolicy) {
    claim(namespace, name).edit("{\"spec\": {\"deletionPolicy\": \"" + deletionPolicy + "\"}}");
    Await.untilAll(
        "the VeleroBackup knows of " + deletionPolicy,
        PATIENCE,
        Kind.VELERO_BACKUP
            .on(bed.hub().client())
            .inNamespace(namespace)
            .withLabel(Claim.LABEL, name),
        found ->
            found.stream()
                .map(backup -> State.text(backup, "spec", "forProvider", "deletionPolicy"))
                .toList()
                .equals(List.of(deletionPolicy)));
  }

  private void deleteNamespace(String namespace) {
    Resource<Namespace> found = bed.hub().client().namespaces().withName(namespace);
    found.delete();
    Await.until("it is gone", PATIENCE, found, Objects::isNull);
  }

  private void assertNothingLeft(String namespace, String prefix) {
    for (Kind kind : List.of(Kind.BACKUP, Kind.VELERO_BACKUP, Kind.VELERO_INSTALL)) {
      assertThat(bed.hub().list(kind, namespace)).as("on the hub").isEmpty();
    }
    assertThat(bed.paris().location(prefix)).as("the location on the member").isEmpty();
    assertThat(bed.paris().list(Kind.VELERO_IO_BACKUP)).noneMatch(of(namespace));
    assertThat(bed.paris().list(Kind.VELERO_IO_DELETION)).noneMatch(of(namespace));
  }

  private Claim claim(String namespace, String name) {
    return bed.hub().claim(namespace, name);
  }

  private SortedMap<String, String> objects(String namespace) {
    return bed.store().objects(Example.BUCKET, namespace);
  }

  private List<GenericKubernetesResource> volumes(String backup) {
    return Kind.VELERO_IO_VOLUME
        .on(bed.paris().client())
        .inNamespace(Member.VELERO)
        .withLabel("velero.io/backup-name", backup)
        .list()
        .getItems();
  }

  /** What Velero itself writes for a backup; the volume data of all are in one repository. */
  private static SortedMap<String, String> backupOnly(
      SortedMap<String, String> objects, String backup) {
    SortedMap<String, String> found = new TreeMap<>(objects);
    found.keySet().removeIf(key -> !key.contains("/backups/" + backup + "/"));
    return found;
  }

  private static boolean named(List<GenericKubernetesResource> found, String name) {
    return found.stream().anyMatch(backup -> backup.getMetadata().getName().equals(name));
  }

  private static Predicate<GenericKubernetesResource> of(String namespace) {
    return found ->
        namespace.equals(found.getMetadata().getLabels().get("backup.kurator.dev/claim-namespace"));
  }
}
