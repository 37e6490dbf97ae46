package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What was backed up on a cluster that is lost comes back on another one: the hub was rebuilt and
 * knows neither the cluster nor what became of its backups.
 */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RestoreElsewhereIT {

  private static final String LOST = "paris-is-lost";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Bed bed = Bed.shared();
  private String claims = "";
  private String shop = "";
  private String lyon = "";
  private Map<String, String> files = Map.of();
  private SortedMap<String, String> objects = new TreeMap<>();

  @BeforeAll
  void loseTheSource() {
    claims = bed.namespace("team-elsewhere");
    shop = claims.replace("team-elsewhere", "elsewhere");
    lyon = claims.replace("team-elsewhere", "lyon-lost");
    bed.hub().cluster().apply(new Registration(lyon, lyon, "paris-kubeconfig", claims, "").text());
    Shop source = new Shop(bed.paris(), shop);
    source.deploy();
    files = source.files();
    applyBackup();
    Claim backup = bed.hub().claim(claims, Example.NAME);
    backup.awaitPhase("Completed", PATIENCE);
    objects = data();

    backup.lose(bed.hub(), PATIENCE);
    var registration = Kind.CLUSTER_PROVIDER_CONFIG.on(bed.hub().client()).withName(lyon);
    registration.delete();
    Await.until("lyon is not registered any more", PATIENCE, registration, Objects::isNull);
    applyBackup();
    backup.await("nobody is there to back up", PATIENCE, seen -> !State.phase(seen).isEmpty());
  }

  @Test
  @Order(1)
  void anotherClusterGetsTheDataOfOneThatIsGone() {
    Shop target = new Shop(bed.berlin(), shop);
    target.reserve(shop);

    apply(LOST, "");
    GenericKubernetesResource claim = restore(LOST).awaitPhase("Completed", PATIENCE);

    assertThat(target.files()).isEqualTo(files);
    assertThat(String.valueOf(Claim.detail(claim, "berlin").get("backupName"))).contains(lyon);
    assertThat(bed.berlin().location(claims + "/" + lyon))
        .hasValueSatisfying(
            location ->
                assertThat(location.<String>get("spec", "accessMode")).isEqualTo("ReadOnly"));
    assertThat(data()).containsAllEntriesOf(objects);
  }

  @Test
  @Order(2)
  void itGoesIntoAnotherNamespaceThereToo() {
    Shop copy = new Shop(bed.berlin(), shop + "-copy");
    copy.reserve(shop + "-copy");

    apply("copy", "policies: [{name: shop, policy: {namespaceMapping: {SHOP: SHOP-copy}}}]");
    restore("copy").awaitPhase("Completed", PATIENCE);

    assertThat(copy.files()).isEqualTo(files);
  }

  @Test
  @Order(3)
  void theDestinationKeepsItsOwnBackupsApartAndLetsGoOfTheSourcesLocation() {
    bed.hub()
        .cluster()
        .apply(ClaimYaml.on(bed.store(), claims, "own", bed.only(bed.berlin())).text());
    bed.hub().claim(claims, "own").awaitPhase("Completed", PATIENCE);
    assertThat(bed.store().objects(Example.BUCKET, claims + "/berlin")).isNotEmpty();

    restore(LOST).delete(bed.hub(), PATIENCE);
    restore("copy").delete(bed.hub(), PATIENCE);

    assertThat(bed.berlin().location(claims + "/" + lyon)).isEmpty();
    assertThat(data()).containsAllEntriesOf(objects);
    assertThat(new Shop(bed.berlin(), shop).files()).isEqualTo(files);
  }

  private void applyBackup() {
    ClaimYaml yaml = ClaimYaml.on(bed.store(), claims, Example.NAME, "{fleet: " + lyon + "}");
    bed.hub()
        .cluster()
        .apply(
            new ClaimYaml(claims, Example.NAME, yaml.spec().replace("[shop]", "[" + shop + "]"))
                .text());
  }

  /** The example's claim, under a name, with more of a spec. */
  private void apply(String name, String more) {
    String example = bed.example().claim("restore-another-cluster", claims, shop, bed.store());
    bed.hub()
        .cluster()
        .apply(
            example
                    .replace("name: " + LOST, "name: " + name)
                    .replace("sourceCluster: paris", "sourceCluster: " + lyon)
                    .replace("env: spare", "env: staging")
                + more.replace("SHOP", shop).indent(2));
  }

  private Claim restore(String name) {
    return bed.hub().restore(claims, name);
  }

  /** What is in the source's folder but for logs of restores and kopia's own bookkeeping. */
  private SortedMap<String, String> data() {
    SortedMap<String, String> found =
        new TreeMap<>(bed.store().objects(Example.BUCKET, claims + "/" + lyon));
    found.keySet().removeIf(key -> key.contains("/restores/") || key.contains("kopia.maintenance"));
    return found;
  }
}
