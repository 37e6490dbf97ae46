package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The watches of the hub's Secrets. */
class SecretWatchesTest {

  private static final SecretName NAME = new SecretName("team-a", "storage");

  private final FakeHub api = new FakeHub();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final KubernetesMockServer server =
      new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), api, false);
  private final Set<SecretName> told = ConcurrentHashMap.newKeySet();
  private KubernetesClient hub;
  private SecretWatches secrets;

  @BeforeEach
  void start() {
    server.init();
    hub = server.createClient();
    secrets =
        new SecretWatches(
            hub, told::add, new HubWatchFailures("Secrets", log::add, System::nanoTime));
  }

  @AfterEach
  void stop() {
    secrets.close();
    hub.close();
    server.destroy();
  }

  @Test
  void aWatchThatTheHubForbidsIsLogged() {
    api.forbid("/namespaces/team-a/secrets");
    assertThatThrownBy(() -> secrets.read(NAME, "cloud")).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> secrets.read(NAME, "cloud")).isInstanceOf(RuntimeException.class);
    assertThat(log).singleElement().asString().contains("Watch of Secrets on the hub cannot begin");
  }

  @Test
  void aReferenceWithoutANameIsToldAndWatchesNothing() {
    for (SecretName nameless : List.of(new SecretName("team-a", ""), new SecretName("", "x"))) {
      assertThat(secrets.read(nameless, "cloud"))
          .isEqualTo(
              new SecretValue.Missing(
                  "the reference to a Secret with the key cloud has no name; write the Secret's"));
    }
  }

  @Test
  void aSecretThatSomebodyBeginsToUseMeanwhileIsWatched() throws Exception {
    assertThat(secrets.read(NAME, "cloud")).isInstanceOf(SecretValue.Missing.class);
    Thread user = Thread.ofPlatform().unstarted(() -> secrets.read(NAME, "cloud"));
    secrets.keepOnly(
        () -> {
          user.start();
          while (user.getState() != Thread.State.BLOCKED
              && user.getState() != Thread.State.TERMINATED) {
            Thread.onSpinWait();
          }
          return Set.of();
        });
    user.join();

    hub.resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(NAME.namespace())
                .withName(NAME.name())
                .endMetadata()
                .addToData("cloud", "eA==")
                .build())
        .create();
    ProviderLife.until(() -> told.contains(NAME));
    ProviderLife.until(() -> secrets.read(NAME, "cloud") instanceof SecretValue.Present);
  }
}
