package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.provider.hub.HubSerialization;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hub whose watches end, so that what is gone meanwhile is missing in the next list. */
class ConfigUsersTest {

  private static final ProviderConfigKey PARIS =
      new ProviderConfigKey(
          ProviderConfigReference.Kind.ClusterProviderConfig, null, Samples.MEMBER);

  private static final String TOO_OLD =
      """
      {"type": "ERROR", "object": {"apiVersion": "v1", "kind": "Status", "status": "Failure", "reason": "Expired", "code": 410}}
      """;

  private final HttpServer server = server();
  private final LinkedBlockingQueue<Boolean> ended = new LinkedBlockingQueue<>();
  private volatile String backups = "";

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    boolean ofBackups = exchange.getRequestURI().getPath().contains("velerobackups");
    if (exchange.getRequestHeaders().containsKey("Upgrade")) {
      exchange.sendResponseHeaders(503, -1);
    } else if (query.contains("watch=true")) {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().flush();
      if (ofBackups) {
        awaitTheEnd();
        exchange.getResponseBody().write(TOO_OLD.getBytes(StandardCharsets.UTF_8));
        exchange.close();
      }
      return;
    } else {
      String list =
          """
          {"apiVersion": "velero.m.kurator.dev/v1alpha1", "kind": "List",
           "metadata": {"resourceVersion": "1"}, "items": [%s]}
          """
              .formatted(ofBackups ? backups : "");
      byte[] body = list.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private void awaitTheEnd() {
    try {
      ended.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"forProvider\": {\"name\": \"bad\"}}",
        "{\"providerConfigRef\": {\"kind\": \"Cluster\", \"name\": \"paris\"}}",
        "{\"providerConfigRef\": {\"name\": {}}}",
        "{\"providerConfigRef\": [1]}",
        "{\"providerConfigRef\": null}",
        "7"
      })
  void whoWasUnreadableAndIsMissingInTheNextListUsesNoRegistrationAnyMore(String spec) {
    backups =
        """
        {"apiVersion": "velero.m.kurator.dev/v1alpha1", "kind": "VeleroBackup",
         "metadata": {"namespace": "team-x", "name": "bad", "uid": "1", "resourceVersion": "1"},
         "spec": %s}
        """
            .formatted(spec);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    Config config =
        new ConfigBuilder(Config.empty())
            .withRequestRetryBackoffLimit(0)
            .withMasterUrl("http://localhost:" + server.getAddress().getPort())
            .build();
    try (KubernetesClient hub =
            new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(HubSerialization.create())
                .build();
        ConfigUsers users = new ConfigUsers(hub, new Clusters(key -> {}), key -> {})) {
      assertThat(users.of(PARIS))
          .extracting(ConfigUsers.ConfigUser::toString)
          .containsExactly("VeleroBackup team-x/bad");

      backups = "";
      ended.add(true);
      ProviderLife.until(() -> users.of(PARIS).isEmpty());
    }
  }
}
