package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Namespaces that go with the credentials in them, and ones that may not use a member any more. */
@ClusterTest
class LeavingNamespaceIT {

  private static final Duration PATIENCE = Duration.ofMinutes(8);

  private final Bed bed = Bed.shared();

  @Test
  void aNamespaceWithItsOwnRegistrationGoesAndLeavesNoScheduleBehind() {
    String namespace = bed.namespace("team-leaving");
    bed.hub()
        .secret(
            namespace,
            "paris-kubeconfig",
            "kubeconfig",
            bed.paris().cluster().internalKubeconfig());
    bed.hub()
        .cluster()
        .apply(
            """
            apiVersion: velero.m.kurator.dev/v1alpha1
            kind: ProviderConfig
            metadata: {namespace: NS, name: lab, labels: {fleet.kurator.dev/name: NS}}
            spec:
              credentials:
                source: Secret
                secretRef: {name: paris-kubeconfig, key: kubeconfig}
            """
                .replace("NS", namespace));
    schedule(namespace);
    Map<String, String> before = bucket(namespace);

    Resource<Namespace> found = bed.hub().client().namespaces().withName(namespace);
    found.delete();
    Await.until("the namespace is gone", PATIENCE, found, Objects::isNull);
    assertNothingOnTheMember(namespace, "lab");
    assertThat(bucket(namespace)).isEqualTo(before);
  }

  @Test
  void aNamespaceThatIsNotAllowedAnyMoreCanBeCleanedUp() {
    String namespace = bed.namespace("team-revoked");
    bed.hub()
        .cluster()
        .apply(new Registration(namespace, namespace, "paris-kubeconfig", namespace, "").text());
    Claim claim = schedule(namespace);
    Map<String, String> before = bucket(namespace);
    bed.hub()
        .cluster()
        .apply(new Registration(namespace, namespace, "paris-kubeconfig", "nobody", "").text());
    Await.untilAll(
        "the VeleroInstall says why nothing goes on",
        PATIENCE,
        Kind.VELERO_INSTALL.on(bed.hub().client()).inNamespace(namespace),
        installs ->
            installs.stream()
                .allMatch(it -> State.message(it, "Synced").contains("does not allow namespace")));

    claim.delete(bed.hub(), PATIENCE);
    assertNothingOnTheMember(namespace, namespace);
    assertThat(bucket(namespace)).isEqualTo(before);
    Resource<GenericKubernetesResource> registration =
        Kind.CLUSTER_PROVIDER_CONFIG.on(bed.hub().client()).withName(namespace);
    registration.delete();
    Await.until("the registration is gone", PATIENCE, registration, Objects::isNull);
  }

  /** Nobody would see its runs, so that it never runs. */
  private Claim schedule(String namespace) {
    String fleet = "{fleet: " + namespace + "}";
    ClaimYaml yaml = ClaimYaml.on(bed.store(), namespace, "nightly", fleet);
    String more = "schedule: '0 0 1 1 *'\n";
    bed.hub().cluster().apply(new ClaimYaml(namespace, "nightly", yaml.spec() + more).text());
    Claim claim = bed.hub().claim(namespace, "nightly");
    claim.await("it is Ready", PATIENCE, seen -> State.is(seen, "Ready", "True"));
    assertThat(bed.paris().list(Kind.VELERO_IO_SCHEDULE)).anyMatch(it -> isOf(namespace, it));
    return claim;
  }

  private Map<String, String> bucket(String namespace) {
    return bed.store().objects(Example.BUCKET, namespace);
  }

  private void assertNothingOnTheMember(String namespace, String member) {
    assertThat(bed.paris().list(Kind.VELERO_IO_SCHEDULE)).noneMatch(it -> isOf(namespace, it));
    assertThat(bed.paris().location(namespace + "/" + member)).isEmpty();
  }

  private static boolean isOf(String namespace, GenericKubernetesResource made) {
    return made.getMetadata().getLabels() != null
        && namespace.equals(
            made.getMetadata().getLabels().get("backup.kurator.dev/claim-namespace"));
  }
}
