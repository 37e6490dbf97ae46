package dev.kurator.backup.provider.member;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kurator.backup.apis.managed.ProviderConfigReference.Kind;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Members of one provider; behind them an API server in memory that may freeze. */
abstract class MemberLife {

  static final ProviderConfigKey PARIS =
      new ProviderConfigKey(Kind.ClusterProviderConfig, null, "paris");

  /** One look and no more, however busy this machine is. */
  static final Timing PATIENT = timing(Duration.ofHours(1), Duration.ofSeconds(20));

  /** For tests in which a member goes silent, which wait for these times side by side. */
  static final Timing ALERT = timing(Duration.ofMillis(200), Duration.ofSeconds(2));

  static Timing timing(Duration heartbeat, Duration patience) {
    return timing(heartbeat, patience, Timing.DEFAULT.list());
  }

  static Timing timing(Duration heartbeat, Duration patience, Duration list) {
    return new Timing(
        heartbeat,
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        patience,
        patience,
        patience,
        list,
        Duration.ofMillis(50));
  }

  /** Held here, or its level is forgotten. */
  private static final Logger REQUESTS = Logger.getLogger("io.fabric8.mockwebserver");

  static {
    REQUESTS.setLevel(Level.WARNING);
  }

  final Recorder told = new Recorder();
  final KubernetesMockServer api =
      new KubernetesMockServer(
          new Context(),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(List.of()),
          true);
  FreezableServer server;
  KubernetesClient direct;
  String identity;
  Members members;

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
  void open(Timing timing) {
    members.close();
    members = Members.open(timing, method -> {}, told);
  }

  String kubeSystem() {
    var namespace =
        new NamespaceBuilder().withNewMetadata().withName("kube-system").endMetadata().build();
    direct.resource(namespace).delete();
    return direct.resource(namespace).create().getMetadata().getUid();
  }

  Member admitted(String token) {
    return switch (members.member(PARIS, kubeconfig(server.port(), token))) {
      case Admission.Admitted(Member member) -> member;
      case Admission.Refused(String reason) -> throw new AssertionError(reason);
    };
  }

  static byte[] kubeconfig(int port, String token) {
    return """
    current-context: a
    contexts: [{name: a, context: {cluster: c, user: u}}]
    clusters: [{name: c, cluster: {server: "https://127.0.0.1:%d", insecure-skip-tls-verify: true}}]
    users: [{name: u, user: {token: %s}}]
    """
        .formatted(port, token)
        .getBytes(UTF_8);
  }

  static Deployment deployment(String name) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withNamespace("velero")
        .withName(name)
        .endMetadata()
        .build();
  }
}
