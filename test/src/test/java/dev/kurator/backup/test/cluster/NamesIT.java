package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who a backup's name belongs to: claims deleted, claims lost, others' objects, other clusters. */
@Order(5)
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamesIT {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Bed bed = Bed.shared();
  private String namespace = "";

  @BeforeAll
  void holdTheLocation() {
    namespace = bed.namespace("team-names");
    new HandWritten(bed, namespace).install("paris");
  }

  @Test
  void aClaimThatIsDeletedAndAppliedAgainRunsAgainUnderTheNextName() {
    ClaimYaml yaml = claimYaml("retried");
    String first = complete(yaml);
    SortedMap<String, String> before = objects();

    claim("retried").delete(bed.hub(), PATIENCE);
    String second = complete(yaml);

    assertThat(second).isEqualTo(first + "-2");
    assertThat(names(bed.paris().backupsOf(namespace, "retried"))).containsExactly(first, second);
    assertThat(objects())
        .containsAllEntriesOf(below(before, first))
        .anySatisfy((key, digest) -> assertThat(key).contains("/backups/" + second + "/"));
  }

  @Test
  void aClaimThatIsAppliedAgainAtOnceTakesOverNothingOfTheEarlierOne() {
    ClaimYaml yaml = claimYaml("at-once");
    String first = complete(yaml);

    claim("at-once").resource().delete();
    Await.until("the claim is gone", PATIENCE, claim("at-once").resource(), Objects::isNull);
    String second = complete(yaml);

    assertThat(second).isEqualTo(first + "-2");
    assertThat(names(bed.paris().backupsOf(namespace, "at-once"))).containsExactly(first, second);
  }

  @Test
  void aHubThatWasLostAndRebuiltFindsItsBackupAndTakesNoSecond() {
    ClaimYaml yaml = claimYaml("found-again");
    String name = complete(yaml);
    GenericKubernetesResource taken = backup(name);
    SortedMap<String, String> before = objects();

    claim("found-again").lose(bed.hub(), PATIENCE);
    bed.hub().cluster().apply(yaml.text());

    GenericKubernetesResource claim = claim("found-again").awaitPhase("Completed", PATIENCE);
    assertThat(Claim.detail(claim, "paris"))
        .containsEntry("backupName", name)
        .containsEntry("startTimestamp", State.text(taken, "status", "startTimestamp"))
        .containsEntry("completionTimestamp", State.text(taken, "status", "completionTimestamp"));
    assertThat(managed("found-again"))
        .satisfies(
            found ->
                assertThat(State.entries(found, "conditions"))
                    .anyMatch(condition -> "Adopted".equals(condition.get("reason"))));
    assertThat(bed.paris().backupsOf(namespace, "found-again"))
        .singleElement()
        .satisfies(
            found ->
                assertThat(found.getMetadata().getUid()).isEqualTo(taken.getMetadata().getUid()));
    assertThat(objects()).isEqualTo(before);
  }

  @Test
  void aRebuiltHubWhoseClaimSaysSomethingElseDoesNotPassOffTheOldBackupAsItsOwn() {
    ClaimYaml yaml = claimYaml("changed");
    complete(yaml);
    SortedMap<String, String> before = objects();

    claim("changed").lose(bed.hub(), PATIENCE);
    ClaimYaml other = new ClaimYaml(namespace, "changed", yaml.spec() + "    ttl: 48h\n");
    bed.hub().cluster().apply(other.text());

    GenericKubernetesResource claim = claim("changed").awaitPhase("Failed", PATIENCE);
    assertThat(String.valueOf(Claim.detail(claim, "paris"))).contains("NameTaken");
    assertThat(objects()).isEqualTo(before);
  }

  @Test
  void aLocationKeepsTheCredentialsItHasAndTheOtherClaimSaysSo() {
    bed.hub().secret(namespace, "other-credentials", "cloud", bed.store().wrongCredentials());
    ClaimYaml yaml = claimYaml("at-odds");
    bed.hub().cluster().apply(yaml.text().replace(Example.CREDENTIALS, "other-credentials"));

    GenericKubernetesResource claim =
        claim("at-odds")
            .await(
                "entry and condition say LocationConflict",
                PATIENCE,
                seen ->
                    String.valueOf(Claim.detail(seen, "paris")).contains("LocationConflict")
                        && State.message(seen, "Installed").contains("LocationConflict"));
    assertThat(State.phase(claim)).isEqualTo("Preparing");
    assertThat(bed.paris().backupsOf(namespace, "at-odds")).isEmpty();
    assertThat(bed.paris().location(namespace + "/paris"))
        .hasValueSatisfying(location -> assertThat(State.phase(location)).isEqualTo("Available"));
    claim("at-odds").delete(bed.hub(), PATIENCE);
  }

  @Test
  void anotherClusterUnderAnOldNameIsRefusedUntilItIsSaidToReplaceTheOldOne() {
    String lyon = namespace.replace("team-names", "lyon");
    String secret = lyon + "-kubeconfig";
    kubeconfig(secret, bed.paris());
    register(lyon, "");
    complete(lyonYaml("before-fire", lyon));

    kubeconfig(secret, bed.berlin());
    ClaimYaml after = lyonYaml("after-fire", lyon);
    bed.hub().cluster().apply(after.text());

    claim("after-fire")
        .await(
            "the claim says what to do",
            PATIENCE,
            seen -> String.valueOf(Claim.detail(seen, lyon).get("message")).contains("replaces"));
    assertThat(bed.berlin().backupsOf(namespace, "after-fire")).isEmpty();

    register(lyon, "  replaces: " + identity(bed.paris()) + "\n");
    claim("after-fire").awaitPhase("Completed", PATIENCE);
    assertThat(State.phase(claim("before-fire").resource().get())).isEqualTo("Completed");
    assertThat(bed.berlin().backupsOf(namespace, "after-fire")).hasSize(1);
  }

  private void kubeconfig(String secret, Member member) {
    bed.hub().secret(Hub.CROSSPLANE, secret, "kubeconfig", member.cluster().internalKubeconfig());
  }

  private void register(String name, String more) {
    bed.hub()
        .cluster()
        .apply(
            """
            apiVersion: velero.m.kurator.dev/v1alpha1
            kind: ClusterProviderConfig
            metadata: {name: %s, labels: {fleet.kurator.dev/name: %s}}
            spec:
              allowedNamespaces: ["team-names*"]
              credentials:
                source: Secret
                secretRef: {namespace: crossplane-system, name: %s-kubeconfig, key: kubeconfig}
            %s\
            """
                .formatted(name, name, name, more));
  }

  private static String identity(Member member) {
    return member.client().namespaces().withName("kube-system").get().getMetadata().getUid();
  }

  private ClaimYaml claimYaml(String name) {
    return ClaimYaml.on(bed.store(), namespace, name, bed.only(bed.paris()));
  }

  private ClaimYaml lyonYaml(String name, String lyon) {
    return ClaimYaml.on(bed.store(), namespace, name, "{fleet: " + lyon + "}");
  }

  private String complete(ClaimYaml yaml) {
    bed.hub().cluster().apply(yaml.text());
    GenericKubernetesResource ended = claim(yaml.name()).awaitPhase("Completed", PATIENCE);
    return String.valueOf(State.entries(ended, "backupDetails").getFirst().get("backupName"));
  }

  private Claim claim(String name) {
    return bed.hub().claim(namespace, name);
  }

  private GenericKubernetesResource managed(String claim) {
    return Kind.VELERO_BACKUP
        .on(bed.hub().client())
        .inNamespace(namespace)
        .withLabel(Claim.LABEL, claim)
        .list()
        .getItems()
        .getFirst();
  }

  private GenericKubernetesResource backup(String name) {
    return Kind.VELERO_IO_BACKUP
        .on(bed.paris().client())
        .inNamespace(Member.VELERO)
        .withName(name)
        .get();
  }

  private SortedMap<String, String> objects() {
    return bed.store().objects(Example.BUCKET, namespace + "/paris");
  }

  private static Map<String, String> below(SortedMap<String, String> objects, String backup) {
    Map<String, String> found = new TreeMap<>(objects);
    found.keySet().removeIf(key -> !key.contains("/backups/" + backup + "/"));
    return found;
  }

  private static List<String> names(List<GenericKubernetesResource> backups) {
    return backups.stream().map(backup -> backup.getMetadata().getName()).sorted().toList();
  }
}
