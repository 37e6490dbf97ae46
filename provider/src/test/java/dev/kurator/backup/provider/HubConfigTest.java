package dev.kurator.backup.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the client of the hub does where the hub answers with errors. */
class HubConfigTest {

  @Test
  void aRequestThatFailsIsTriedSixTimesInAll() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    HttpServer hub =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hub.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    hub.start();
    Config config = Main.hubConfig();
    config.setMasterUrl("http://localhost:" + hub.getAddress().getPort());
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      assertThatThrownBy(() -> client.leases().inNamespace("n").withName("l").get())
          .isInstanceOf(KubernetesClientException.class);
    } finally {
      hub.stop(0);
    }
    assertThat(requests).hasValue(6);
  }
}
