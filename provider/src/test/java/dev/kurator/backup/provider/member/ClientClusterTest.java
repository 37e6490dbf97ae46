package dev.kurator.backup.provider.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong in a call to a member is the member's failure, of one type. */
class ClientClusterTest {

  private static final String PATH = "/apis/apps/v1/namespaces/velero/deployments/velero";

  private final KubernetesMockServer server = new KubernetesMockServer(false);
  private final List<Throwable> reported = new ArrayList<>();
  private KubernetesClient client;

  @BeforeEach
  void start() {
    server.init();
    client = server.createClient();
  }

  @AfterEach
  void stop() {
    client.close();
    server.destroy();
  }

  private MemberApiException failure() {
    ClientCluster cluster =
        new ClientCluster("paris", client, Duration.ofSeconds(30), reported::add);
    return catchThrowableOfType(
        MemberApiException.class, () -> cluster.get(MemberLife.deployment("velero")));
  }

  @Test
  void aRefusalHasTheServersWords() {
    server.expect().get().withPath(PATH).andReturn(418, "").always();
    assertThat(failure().text()).startsWith("cluster paris refused: ");
    assertThat(failure().code()).isEqualTo(418);
    assertThat(reported).isEmpty();
  }

  @Test
  void aClosedClientIsNoAnswer() {
    client.close();
    assertThat(failure().connection()).isTrue();
    assertThat(failure().text()).isEqualTo("cluster paris is unreachable: no answer");
    assertThat(reported).isNotEmpty();
  }

  @Test
  void nonsenseIsNotTakenForSilence() {
    server.expect().get().withPath(PATH).andReturn(200, "<html>{{{").always();
    assertThat(failure().unreadable()).isTrue();
    assertThat(failure().text()).startsWith("cluster paris answered what cannot be read");
    assertThat(reported).isEmpty();
  }
}
