package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** An edit to Retain while no function runs: the policy of examples/deletion-policy holds it. */
@ClusterTest
@Isolated
class DeletionPolicyIT {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String FUNCTION = "function-fleet-backup";

  private final Bed bed = Bed.shared();

  @AfterEach
  void startFunction() {
    replicas("default", 1);
  }

  @Test
  void aClaimIsNotDeletedBeforeItsEditToRetainHasArrivedAndThenItsBackupStays() {
    String namespace = bed.namespace("team-not-arrived");
    Claim claim = complete(namespace, "kept");
    assertThat(inForce(claim)).isEqualTo("Delete");
    SortedMap<String, String> before = bed.store().objects(Example.BUCKET, namespace);
    assertThat(before).hasSizeGreaterThan(10);
    bed.hub()
        .cluster()
        .apply(bed.example().runtime("function").replace("replicas: 2", "replicas: 0"));
    replicas(FUNCTION, 0);

    claim.edit("{\"spec\": {\"deletionPolicy\": \"Retain\"}}");

    assertThatThrownBy(claim.resource()::delete)
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("wait until status.deletionPolicy is Retain");
    assertThat(claim.resource().get().getMetadata().getDeletionTimestamp()).isNull();

    replicas("default", 1);
    claim.await(
        "its status says Retain",
        PATIENCE,
        seen -> "Retain".equals(State.text(seen, "status", "deletionPolicy")));
    claim.delete(bed.hub(), PATIENCE);

    assertThat(bed.store().objects(Example.BUCKET, namespace)).isEqualTo(before);
  }

  private Claim complete(String namespace, String name) {
    ClaimYaml claim = ClaimYaml.on(bed.store(), namespace, name, bed.only(bed.paris()));
    bed.hub()
        .cluster()
        .apply(new ClaimYaml(namespace, name, claim.spec() + "deletionPolicy: Delete\n").text());
    bed.hub().claim(namespace, name).awaitPhase("Completed", PATIENCE);
    return bed.hub().claim(namespace, name);
  }

  private static String inForce(Claim claim) {
    return State.text(claim.resource().get(), "status", "deletionPolicy");
  }

  private void replicas(String runtime, int count) {
    for (Resource<GenericKubernetesResource> function :
        Kind.FUNCTION.on(bed.hub().client()).resources().toList()) {
      function.patch(
          PatchContext.of(PatchType.JSON_MERGE),
          "{\"spec\": {\"runtimeConfigRef\": {\"name\": \"" + runtime + "\"}}}");
    }
    Await.untilAll(
        count + " functions run",
        PATIENCE,
        bed.hub()
            .client()
            .pods()
            .inNamespace(Hub.CROSSPLANE)
            .withLabel("pkg.crossplane.io/function", FUNCTION),
        found -> found.size() == count && found.stream().allMatch(Readiness::isPodReady));
  }
}
