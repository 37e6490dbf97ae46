package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page docs/recover.md on a lost hub: everything that was on it is applied again from git, and
 * what had run is found, not run again.
 */
@ClusterTest
class LostHubIT {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String COPY = "copy";

  private final Bed bed = Bed.shared();
  private String namespace = "";
  private String member = "";
  private String shop = "";

  @Test
  void aHubThatIsAppliedAnewFromGitFindsItsBackupsAndRestoresAndRepeatsNone() {
    namespace = bed.namespace("team-lost-hub");
    member = namespace.replace("team-lost-hub", "havana");
    shop = namespace.replace("team-lost-hub", "hubless");
    Shop workload = new Shop(bed.berlin(), shop);
    workload.deploy();
    new Shop(bed.berlin(), shop + "-copy").reserve(shop + "-copy");
    applyAll();
    GenericKubernetesResource backup = backup().awaitPhase("Completed", PATIENCE);
    GenericKubernetesResource restore = restore().awaitPhase("Completed", PATIENCE);
    List<String> before = made();
    new Shop(bed.berlin(), shop + "-copy").forget("till");

    loseAll();
    applyAll();

    GenericKubernetesResource backupAfter = backup().awaitPhase("Completed", PATIENCE);
    GenericKubernetesResource restoreAfter = restore().awaitPhase("Completed", PATIENCE);
    assertThat(moments(backupAfter)).isEqualTo(moments(backup));
    assertThat(moments(restoreAfter)).isEqualTo(moments(restore));
    assertThat(made()).isEqualTo(before);
    assertThat(new Shop(bed.berlin(), shop + "-copy").price("till"))
        .as("what a second restore would bring")
        .isNull();
  }

  private void applyAll() {
    bed.hub()
        .secret(
            Hub.CROSSPLANE,
            member + "-kubeconfig",
            "kubeconfig",
            bed.berlin().cluster().internalKubeconfig());
    bed.hub()
        .cluster()
        .apply(new Registration(member, member, member + "-kubeconfig", namespace, "").text());
    bed.storeCredentials(namespace);
    bed.hub().cluster().apply(example("backup").replace("fleet: europe", "fleet: " + member));
    bed.hub().cluster().apply(example("restore-into-namespace"));
  }

  private void loseAll() {
    restore().lose(bed.hub(), PATIENCE);
    backup().lose(bed.hub(), PATIENCE);
    var registration = Kind.CLUSTER_PROVIDER_CONFIG.on(bed.hub().client()).withName(member);
    registration.delete();
    Await.until("the member is not registered", PATIENCE, registration, Objects::isNull);
    bed.hub().client().secrets().inNamespace(namespace).withName(Example.CREDENTIALS).delete();
  }

  private String example(String folder) {
    return bed.example().claim(folder, namespace, shop, bed.store());
  }

  private Claim backup() {
    return bed.hub().claim(namespace, Example.NAME);
  }

  private Claim restore() {
    return bed.hub().restore(namespace, COPY);
  }

  private Map<String, Object> moments(GenericKubernetesResource claim) {
    Map<String, Object> found = new TreeMap<>(Claim.detail(claim, member));
    found
        .keySet()
        .retainAll(List.of("phase", "startTimestamp", "completionTimestamp", "backupName"));
    return found;
  }

  /** UIDs of Velero's objects that were made for the two namespace. */
  private List<String> made() {
    return Stream.concat(
            bed.berlin().backupsOf(namespace, Example.NAME).stream(),
            bed.berlin().restoresOf(namespace, COPY).stream())
        .map(object -> object.getMetadata().getUid())
        .toList();
  }
}
