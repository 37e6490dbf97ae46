package dev.kurator.backup.provider.member;

import dev.kurator.backup.apis.managed.ProviderConfigReference.Kind;
import dev.kurator.backup.provider.member.HostileServer.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Members of one provider; behind them a server that answers as nobody should. */
abstract class HostileLife {

  static final long MIB = 1 << 20;

  static final ProviderConfigKey PARIS =
      new ProviderConfigKey(Kind.ClusterProviderConfig, null, "paris");

  /** For what is waited out, as the end of a connection on which nobody answers. */
  static final Duration SHORT = Duration.ofSeconds(5);

  static final Answer KUBE_SYSTEM = kubeSystem("0f2f8b0e-57b4-4f6c-9d0c-0a1b2c3d4e5f");

  final Recorder told = new Recorder();
  HostileServer server;
  Members members;

  @BeforeEach
  void start() throws Exception {
    server = new HostileServer(request -> KUBE_SYSTEM);
    members = members(SHORT);
  }

  @AfterEach
  void stop() throws Exception {
    members.close();
    server.close();
  }

  /** From here on a look, a connect and a call may take as long. */
  void open(Duration patience) {
    members.close();
    members = members(patience);
  }

  private Members members(Duration patience) {
    return Members.open(MemberLife.timing(Duration.ofHours(1), patience), method -> {}, told);
  }

  Member member() {
    return switch (members.member(PARIS, MemberLife.kubeconfig(server.port(), "t"))) {
      case Admission.Admitted(Member member) -> member;
      case Admission.Refused(String reason) -> throw new AssertionError(reason);
    };
  }

  Cluster cluster() throws InterruptedException {
    member();
    return told.reachable().cluster();
  }

  static Answer kubeSystem(String uid) {
    return HostileServer.json(
        "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"kube-system\",\"uid\":\""
            + uid
            + "\"}}");
  }
}
