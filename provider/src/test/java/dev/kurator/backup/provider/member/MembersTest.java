package dev.kurator.backup.provider.member;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kurator.backup.apis.managed.ProviderConfigReference.Kind;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class MembersTest {

  private static final ProviderConfigKey PARIS =
      new ProviderConfigKey(Kind.ClusterProviderConfig, null, "paris");

  /** One look and no more, however busy this machine is. */
  private static final Timing PATIENT = timing(Duration.ofHours(1), Duration.ofSeconds(20));

  /** For tests in which a member goes silent, which wait for these times side by side. */
  private static final Timing ALERT = timing(Duration.ofMillis(200), Duration.ofSeconds(1));

  private static Timing timing(Duration heartbeat, Duration patience) {
    return new Timing(
        heartbeat,
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        patience,
        patience,
        patience,
        Duration.ofMillis(50));
  }

  /** Held here, or its level is forgotten. */
  private static final Logger REQUESTS = Logger.getLogger("io.fabric8.mockwebserver");

  static {
    REQUESTS.setLevel(Level.WARNING);
  }

  private final Recorder told = new Recorder();
  private final KubernetesMockServer api =
      new KubernetesMockServer(
          new Context(),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(List.of()),
          true);
  private FreezableServer server;
  private KubernetesClient direct;
  private String identity;
  private Members members;

  @BeforeEach
  void start() throws IOException {
    api.init();
    direct = api.createClient();
    identity = kubeSystem();
    server = new FreezableServer(api.getPort());
    members = Members.open(PATIENT, method -> {}, told);
  }

  @AfterEach
  void stop() throws IOException {
    members.close();
    server.close();
    direct.close();
    api.destroy();
  }

  /** From here on with these times. */
  private void open(Timing timing) {
    members.close();
    members = Members.open(timing, method -> {}, told);
  }

  @Test
  void aMemberIsConnectedInTheBackgroundAndKnownByItsIdentity() throws Exception {
    Member member = admitted("token");
    assertThat(told.reachable().identity()).isEqualTo(identity);
    assertThat(member.link()).isInstanceOf(Link.Reachable.class);
    assertThat(member.key()).isEqualTo(PARIS);
  }

  @Test
  void theSameCredentialsGiveTheSameMember() throws Exception {
    Member member = admitted("token");
    told.reachable();
    assertThat(admitted("token")).isSameAs(member);
    assertThat(told.nothingTold()).isTrue();
  }

  @Test
  void newCredentialsReplaceTheMemberAndCloseItsConnections() throws Exception {
    Member before = admitted("token");
    told.reachable();
    Member after = admitted("rotated");
    told.reachable();
    assertThat(after).isNotSameAs(before);
    assertThat(before.link()).isInstanceOf(Link.Unreachable.class);
    members.forget(PARIS);
    told.until(() -> server.connections() == 0);
  }

  @Test
  void badCredentialsEndTheUseOfGoodOnes() throws Exception {
    admitted("token");
    told.reachable();
    assertThat(members.member(PARIS, "rubbish".getBytes(UTF_8)))
        .isEqualTo(new Admission.Refused("the content is not a kubeconfig: clusters is missing"));
    told.until(() -> server.connections() == 0);
  }

  @Test
  void membersThatNothingUsesAreClosed() throws Exception {
    Member member = admitted("token");
    told.reachable();
    members.retainOnly(Set.of(PARIS));
    assertThat(member.link()).isInstanceOf(Link.Reachable.class);
    members.retainOnly(Set.of());
    told.until(() -> server.connections() == 0);
    assertThat(admitted("token")).isNotSameAs(member);
  }

  @Test
  void aMemberThatFreezesIsNoticedAndComesBack() throws Exception {
    open(ALERT);
    Member member = admitted("token");
    told.reachable();
    server.freeze();
    assertThat(told.unreachable()).isEqualTo("no answer within 1 s");
    assertThat(member.link()).isInstanceOf(Link.Unreachable.class);
    server.thaw();
    assertThat(told.reachable().identity()).isEqualTo(identity);
  }

  @Test
  void aMemberThatIsFrozenFromTheStartDoesNotHoldUpAnybody() throws Exception {
    open(ALERT);
    server.freeze();
    long before = System.nanoTime();
    Member member = admitted("token");
    assertThat(member.link()).isEqualTo(new Link.Connecting());
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(ALERT.look());
    assertThat(told.unreachable()).isEqualTo("no answer within 1 s");
  }

  @Test
  void anUnchangedReasonIsToldOnceOnly() throws Exception {
    open(ALERT);
    server.freeze();
    admitted("token");
    told.unreachable();
    int looks = server.accepted();
    told.until(() -> server.accepted() >= looks + 3);
    assertThat(told.nothingTold()).isTrue();
    server.thaw();
    told.reachable();
  }

  @Test
  void aClosedPortIsAReason() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    members.member(PARIS, kubeconfig(port, "token"));
    assertThat(told.unreachable()).contains("Connection refused");
  }

  @Test
  void anUntrustedServerIsAReason() throws Exception {
    String ca = TestKeys.generate("EC").certificate();
    members.member(
        PARIS,
        """
        current-context: a
        contexts: [{name: a, context: {cluster: c, user: u}}]
        clusters: [{name: c, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}]
        users: [{name: u, user: {token: t}}]
        """
            .formatted(server.port(), ca)
            .getBytes(UTF_8));
    assertThat(told.unreachable()).startsWith("no TLS connection: ");
  }

  @Test
  void aMemberWhoseIdentityChangesIsAnotherCluster() throws Exception {
    open(timing(Duration.ofMillis(100), Duration.ofSeconds(20)));
    admitted("token");
    told.reachable();
    String next = kubeSystem();
    assertThat(told.reachable().identity()).isEqualTo(next);
  }

  @Test
  void aFailedCallMakesTheMemberLookAtOnce() throws Exception {
    open(timing(Duration.ofHours(1), Duration.ofSeconds(1)));
    Member member = admitted("token");
    Link.Reachable link = told.reachable();
    server.freeze();
    assertThatThrownBy(() -> link.cluster().get(deployment("velero")))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isZero());
    assertThat(told.unreachable()).isEqualTo("no answer within 1 s");
    assertThat(member.link()).isInstanceOf(Link.Unreachable.class);
  }

  @Test
  void watchedObjectsAreSeenWithTheirChanges() throws Exception {
    Member member = admitted("token");
    assertThat(member.deployment("velero")).isEqualTo(new Seen.Unknown<>());
    member.watch("velero");
    told.reachable();
    told.until(() -> member.deployment("velero").equals(new Seen.Absent<>()));
    direct.resource(deployment("velero")).create();
    told.until(() -> member.deployment("velero") instanceof Seen.Present<Deployment>);
    direct.resource(deployment("velero")).delete();
    told.until(() -> member.deployment("velero").equals(new Seen.Absent<>()));
  }

  @Test
  void watchesAreUnknownWhileAMemberIsFrozenAndResumeAfterIt() throws Exception {
    open(ALERT);
    Member member = admitted("token");
    member.watch("velero");
    told.reachable();
    told.until(() -> member.daemonSet("node-agent").equals(new Seen.Absent<>()));
    server.freeze();
    told.unreachable();
    // on a busy machine it may have been unreachable for a moment before
    told.until(() -> member.deployment("velero").equals(new Seen.Unknown<>()));
    direct.resource(deployment("velero")).create();
    server.thaw();
    told.reachable();
    told.until(() -> member.deployment("velero") instanceof Seen.Present<Deployment>);
  }

  @Test
  void velerosKindsAreWatchedOnceTheyAreServed() throws Exception {
    Member member = admitted("token");
    member.watch("velero");
    Cluster cluster = told.reachable().cluster();
    told.until(() -> member.deployment("velero").equals(new Seen.Absent<>()));
    assertThat(member.veleroServed()).isFalse();
    assertThat(member.velero(VeleroKind.Backup, "b")).isEqualTo(new Seen.Unknown<>());
    serveVelero();
    told.until(member::veleroServed);
    assertThat(member.velero(VeleroKind.Backup, "b")).isEqualTo(new Seen.Absent<>());
    cluster.create(backup("b"));
    told.until(
        () ->
            member.velero(VeleroKind.Backup, "b")
                instanceof Seen.Present<GenericKubernetesResource>);
  }

  @Test
  void aClusterReadsListsLabelsAndDeletes() throws Exception {
    serveVelero();
    admitted("token");
    Cluster cluster = told.reachable().cluster();
    assertThat(cluster.get(VeleroKind.Backup, "velero", "b")).isEmpty();
    cluster.label(backup("b"), Map.of("released", "true"));
    cluster.delete(backup("b"));
    cluster.create(backup("b"));
    assertThatThrownBy(() -> cluster.create(backup("b")))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    cluster.label(backup("b"), Map.of("released", "true"));
    assertThat(cluster.list(VeleroKind.Backup, "velero", Map.of("released", "true")))
        .singleElement()
        .satisfies(b -> assertThat(b.getMetadata().getName()).isEqualTo("b"));
    assertThat(cluster.get(backup("b"))).isPresent();
    cluster.delete(backup("b"));
    assertThat(cluster.get(backup("b"))).isEmpty();
  }

  @Test
  void aSecretIsWrittenAndReadBack() throws Exception {
    admitted("token");
    Cluster cluster = told.reachable().cluster();
    var secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace("velero")
            .withName("kb-1")
            .endMetadata()
            .addToData("cloud", "eA==")
            .build();
    cluster.create(secret);
    assertThat(cluster.get(secret)).hasValueSatisfying(s -> assertThat(s.getData()).hasSize(1));
  }

  /** A new kube-system namespace, whose UID is the member's identity. */
  private String kubeSystem() {
    var namespace =
        new NamespaceBuilder().withNewMetadata().withName("kube-system").endMetadata().build();
    direct.resource(namespace).delete();
    return direct.resource(namespace).create().getMetadata().getUid();
  }

  private void serveVelero() {
    for (VeleroKind kind : VeleroKind.values()) {
      api.expectCustomResource(
          new CustomResourceDefinitionContext.Builder()
              .withGroup(VeleroKind.GROUP)
              .withVersion(VeleroKind.VERSION)
              .withKind(kind.name())
              .withPlural(kind.plural())
              .withScope("Namespaced")
              .build());
    }
  }

  private Member admitted(String token) {
    return switch (members.member(PARIS, kubeconfig(server.port(), token))) {
      case Admission.Admitted(Member member) -> member;
      case Admission.Refused(String reason) -> throw new AssertionError(reason);
    };
  }

  private static byte[] kubeconfig(int port, String token) {
    return """
    current-context: a
    contexts: [{name: a, context: {cluster: c, user: u}}]
    clusters: [{name: c, cluster: {server: "https://127.0.0.1:%d", insecure-skip-tls-verify: true}}]
    users: [{name: u, user: {token: %s}}]
    """
        .formatted(port, token)
        .getBytes(UTF_8);
  }

  private static Deployment deployment(String name) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withNamespace("velero")
        .withName(name)
        .endMetadata()
        .build();
  }

  private static GenericKubernetesResource backup(String name) {
    GenericKubernetesResource backup = new GenericKubernetesResource();
    backup.setApiVersion(VeleroKind.API_VERSION);
    backup.setKind(VeleroKind.Backup.name());
    backup.setMetadata(new ObjectMetaBuilder().withNamespace("velero").withName(name).build());
    return backup;
  }
}
