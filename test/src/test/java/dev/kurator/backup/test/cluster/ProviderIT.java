package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the provider does beside one-time Backups, on engines of its own. */
@Order(5)
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProviderIT {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String ENGINE = "velero-provider";

  private final Bed bed = Bed.shared();
  private String namespace = "";
  private String turin = "";
  private String genoa = "";

  @BeforeAll
  void register() {
    namespace = bed.namespace("team-provider");
    turin = namespace.replace("team-provider", "turin");
    genoa = namespace.replace("team-provider", "genoa");
    kubeconfig(Rotation.kubeconfig(bed.paris(), "first"));
    String velero = Registration.smallEngine(ENGINE);
    apply(new Registration(turin, turin, turin, namespace, velero).text());
    apply(new Registration(genoa, genoa, "paris-kubeconfig", namespace, velero).text());
    bed.paris().deploySlowWorkload();
    HandWritten hand = new HandWritten(bed, namespace);
    hand.applyInstall(genoa);
    hand.install(turin);
  }

  @Test
  void whatIsObservedIsReadByItsNameAndLeftAsItIs() {
    String location = State.text(install(turin), "status", "atProvider", "storageLocation");
    String foreign = "taken-by-hand-" + turin;
    bed.paris()
        .velero(
            "backup",
            "create",
            foreign,
            "--namespace",
            ENGINE,
            "--storage-location",
            location,
            "--include-namespaces",
            Example.WORKLOAD,
            "--wait");

    HandWritten hand = new HandWritten(bed, namespace);
    hand.backup(foreign, "by-hand-" + turin, turin, "managementPolicies: [Observe]\n");
    Resource<GenericKubernetesResource> observed = managed(Kind.VELERO_BACKUP, foreign);
    GenericKubernetesResource seen =
        Await.until(
            "it is observed", PATIENCE, observed, found -> State.is(found, "Ready", "True"));

    GenericKubernetesResource backup = backup(foreign).get();
    assertThat(State.text(seen, "status", "atProvider", "phase")).isEqualTo("Completed");
    assertThat(State.text(seen, "status", "atProvider", "completionTimestamp"))
        .isEqualTo(State.text(backup, "status", "completionTimestamp"));
    observed.delete();
    Await.until("it is let go", PATIENCE, observed, Objects::isNull);
    assertThat(backup(foreign).get()).isEqualTo(backup);
  }

  @Test
  void anEngineThatIsChangedByHandIsPutRight() {
    var server = bed.paris().client().apps().deployments().inNamespace(ENGINE).withName("velero");
    var agents =
        bed.paris().client().apps().daemonSets().inNamespace(ENGINE).withName("node-agent");
    String image = image(server.get());
    String removed = agents.get().getMetadata().getUid();

    agents.delete();
    server.patch(
        PatchContext.of(PatchType.STRATEGIC_MERGE),
        """
        {"spec": {"template": {"spec": {"containers": [
          {"name": "velero", "image": "velero/velero:v0.0.0"}]}}}}
        """);

    Await.until(
        "the image is put right", PATIENCE, server, is -> is != null && image(is).equals(image));
    Await.until(
        "the node-agent is made anew",
        PATIENCE,
        agents,
        is -> is != null && !is.getMetadata().getUid().equals(removed));
    Await.until(
        "the VeleroInstall is Ready again",
        PATIENCE,
        managed(Kind.VELERO_INSTALL, "by-hand-" + turin),
        install -> State.is(install, "Ready", "True"));
  }

  @Test
  void kubeconfigAndStorageSecretMayBeReplacedWhileABackupRuns() {
    ClaimYaml yaml = claimYaml("rotated", turin, Member.SLOW);
    apply(yaml.text());
    claim("rotated")
        .await(
            "it runs",
            PATIENCE,
            seen -> "InProgress".equals(Claim.detail(seen, turin).get("phase")));

    kubeconfig(Rotation.kubeconfig(bed.paris(), "second"));
    Rotation.revoke(bed.paris(), "first");
    String credentials = bed.store().credentials() + "# rotated\n";
    bed.hub().secret(namespace, Example.CREDENTIALS, "cloud", credentials);

    claim("rotated").awaitPhase("Completed", PATIENCE);
    Await.untilAll(
        "the member has the new credentials",
        PATIENCE,
        bed.paris().client().secrets().inNamespace(ENGINE),
        secrets ->
            secrets.stream()
                .flatMap(secret -> secret.getData().values().stream())
                .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))
                .anyMatch(credentials::equals));
    assertThat(
            Kind.VELERO_IO_BACKUP
                .on(bed.paris().client())
                .inNamespace(ENGINE)
                .withLabel(Claim.LABEL, "rotated")
                .withLabel("backup.kurator.dev/claim-namespace", namespace)
                .list()
                .getItems())
        .hasSize(1);
  }

  @Test
  void aRegistrationInUseStaysUntilItsLastUserIsGone() {
    Resource<GenericKubernetesResource> config =
        Kind.CLUSTER_PROVIDER_CONFIG.on(bed.hub().client()).withName(genoa);
    Resource<GenericKubernetesResource> user = managed(Kind.VELERO_INSTALL, "by-hand-" + genoa);
    Await.until(
        "its user is counted",
        PATIENCE,
        config,
        seen -> State.text(seen, "status", "users").equals("1"));

    config.delete();

    Await.until(
        "it says who uses it",
        PATIENCE,
        config,
        seen -> seen != null && State.describe(seen).contains("by-hand-" + genoa));
    Await.until("its user works on", PATIENCE, user, seen -> State.is(seen, "Ready", "True"));
    user.delete();
    Await.until("the user is gone", PATIENCE, user, Objects::isNull);
    Await.until("the registration is gone", PATIENCE, config, Objects::isNull);
  }

  @Test
  void anEngineThatSomebodyElseInstalledIsUsedOnRequestAndNeverChanged() {
    String engine = namespace.replace("team-provider", "somebody");
    bed.berlin()
        .velero(
            "install",
            "--namespace",
            engine,
            "--image",
            "velero/velero:v1.18.3",
            "--plugins",
            "velero/velero-plugin-for-aws:v1.14.3",
            "--no-default-backup-location",
            "--no-secret",
            "--use-volume-snapshots=false",
            "--velero-pod-cpu-request=10m",
            "--node-agent-pod-cpu-request=10m",
            "--use-node-agent");
    String vienna = namespace.replace("team-provider", "vienna");
    apply(vienna(vienna, engine, "Managed"));
    apply(claimYaml("guest", vienna, Example.WORKLOAD).text());
    claim("guest")
        .await(
            "it says whose engine that is",
            PATIENCE,
            seen -> String.valueOf(Claim.detail(seen, vienna).get("message")).contains("Observe"));

    apply(vienna(vienna, engine, "Observe"));

    claim("guest").awaitPhase("Completed", PATIENCE);
    Deployment server =
        bed.berlin().client().apps().deployments().inNamespace(engine).withName("velero").get();
    DaemonSet agents =
        bed.berlin().client().apps().daemonSets().inNamespace(engine).withName("node-agent").get();
    for (HasMetadata object : List.of(server, agents)) {
      assertThat(object.getMetadata().getGeneration()).as("generation").isEqualTo(1);
      assertThat(object.getMetadata().getManagedFields())
          .extracting(ManagedFieldsEntry::getManager)
          .doesNotContain("provider-velero");
    }
  }

  @Test
  void aMemberOfOneNamespaceServesItsClaimsAlone() {
    String own = bed.namespace("team-own");
    bed.hub()
        .secret(own, "porto-kubeconfig", "kubeconfig", bed.berlin().cluster().internalKubeconfig());
    apply(
        """
        apiVersion: velero.m.kurator.dev/v1alpha1
        kind: ProviderConfig
        metadata: {namespace: %s, name: porto, labels: {fleet.kurator.dev/name: ports}}
        spec:
          credentials:
            source: Secret
            secretRef: {name: porto-kubeconfig, key: kubeconfig}
        """
            .formatted(own));
    apply(ClaimYaml.on(bed.store(), own, "own", "{fleet: ports}").text());
    apply(ClaimYaml.on(bed.store(), namespace, "others", "{fleet: ports}").text());

    GenericKubernetesResource done = bed.hub().claim(own, "own").awaitPhase("Completed", PATIENCE);
    assertThat(Claim.detail(done, "porto")).containsEntry("phase", "Completed");
    assertThat(State.phase(claim("others").resource().get())).isEqualTo("Pending");
    assertThat(State.message(claim("others").resource().get(), "Accepted")).contains("ports");
  }

  private String vienna(String name, String engine, String management) {
    return new Registration(
            name,
            name,
            "berlin-kubeconfig",
            namespace,
            "velero: {namespace: " + engine + ", management: " + management + "}\n")
        .text();
  }

  private void kubeconfig(String content) {
    bed.hub().secret(Hub.CROSSPLANE, turin, "kubeconfig", content);
  }

  private void apply(String yaml) {
    bed.hub().cluster().apply(yaml);
  }

  private ClaimYaml claimYaml(String name, String fleet, String workload) {
    ClaimYaml yaml = ClaimYaml.on(bed.store(), namespace, name, "{fleet: " + fleet + "}");
    return new ClaimYaml(
        namespace, name, yaml.spec().replace("[" + Example.WORKLOAD + "]", "[" + workload + "]"));
  }

  private Claim claim(String name) {
    return bed.hub().claim(namespace, name);
  }

  private GenericKubernetesResource install(String config) {
    return managed(Kind.VELERO_INSTALL, "by-hand-" + config).get();
  }

  private Resource<GenericKubernetesResource> managed(Kind kind, String name) {
    return kind.on(bed.hub().client()).inNamespace(namespace).withName(name);
  }

  private Resource<GenericKubernetesResource> backup(String name) {
    return Kind.VELERO_IO_BACKUP.on(bed.paris().client()).inNamespace(ENGINE).withName(name);
  }

  private static String image(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage();
  }
}
