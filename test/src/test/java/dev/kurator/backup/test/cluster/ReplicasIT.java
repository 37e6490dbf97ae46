package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Two providers, of which one works. */
@ClusterTest
@Isolated
class ReplicasIT {

  private static final String NAME = "leader-killed";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Bed bed = Bed.shared();

  @BeforeEach
  void startAnother() {
    bed.hub()
        .cluster()
        .apply(bed.example().runtime("provider").replace("hub-id=production", "hub-id=hub"));
    replicas("provider-velero", 2);
  }

  @AfterEach
  void stopIt() {
    replicas("default", 1);
  }

  @Test
  void theOtherReplicaFinishesWhatTheKilledLeaderBegan() {
    String namespace = bed.namespace("team-replicas");
    bed.paris().deploySlowWorkload();
    ClaimYaml yaml = ClaimYaml.on(bed.store(), namespace, NAME, bed.only(bed.paris()));
    bed.hub()
        .cluster()
        .apply(yaml.text().replace("[" + Example.WORKLOAD + "]", "[" + Member.SLOW + "]"));
    Claim claim = bed.hub().claim(namespace, NAME);
    claim.await(
        "it runs", PATIENCE, seen -> "InProgress".equals(Claim.detail(seen, "paris").get("phase")));

    String leader = leader();
    bed.hub()
        .client()
        .pods()
        .inNamespace(Hub.CROSSPLANE)
        .withName(leader)
        .withGracePeriod(0)
        .delete();

    claim.awaitPhase("Completed", PATIENCE);
    assertThat(leader()).isNotEqualTo(leader);
    assertThat(bed.paris().backupsOf(namespace, NAME))
        .singleElement()
        .satisfies(backup -> assertThat(State.phase(backup)).isEqualTo("Completed"));
  }

  /** The pod's name: the identity in the Lease goes on with one of its start. */
  private String leader() {
    return bed.hub()
        .client()
        .leases()
        .inNamespace(Hub.CROSSPLANE)
        .withName("provider-velero")
        .get()
        .getSpec()
        .getHolderIdentity()
        .replaceFirst("_.*", "");
  }

  private void replicas(String runtime, int count) {
    for (Resource<GenericKubernetesResource> provider :
        Kind.PROVIDER.on(bed.hub().client()).resources().toList()) {
      provider.patch(
          PatchContext.of(PatchType.JSON_MERGE),
          "{\"spec\": {\"runtimeConfigRef\": {\"name\": \"" + runtime + "\"}}}");
    }
    Await.untilAll(
        count + " replicas run",
        PATIENCE,
        pods(),
        found -> found.size() == count && found.stream().allMatch(Readiness::isPodReady));
  }

  private FilterWatchListDeletable<Pod, PodList, PodResource> pods() {
    return bed.hub()
        .client()
        .pods()
        .inNamespace(Hub.CROSSPLANE)
        .withLabel("pkg.crossplane.io/provider", "provider-velero");
  }
}
