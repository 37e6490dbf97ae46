package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.util.HashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names of released objects are remembered for ever. */
class ReleasesTest extends Care {

  private static final int MOST = 30;
  private static final String HERE = "kb-0000000000000001";
  private static final String THERE = "kb-0000000000000002";

  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(),
          false);
  private final KubernetesClient client;

  ReleasesTest() {
    server.init();
    client = server.createClient();
  }

  @AfterEach
  void stop() {
    client.close();
    server.destroy();
  }

  private Releases releases() {
    return new Releases(new ReleasesOnHub(client, "crossplane-system"));
  }

  private void lose(String configMap) {
    cluster.remove(cluster.find("ConfigMap", configMap).orElseThrow());
  }

  @Test
  void namesAreRememberedPerLocationAndKind() {
    Releases releases = releases();
    releases.add(target(null), VeleroKind.Backup, "one", HERE, NOON);
    releases.add(target(null), VeleroKind.Backup, "two", THERE, NOON);
    releases.add(target(null), VeleroKind.Backup, "three", HERE, NOON);
    releases.add(target(null), VeleroKind.Schedule, "four", HERE, NOON);
    assertThat(releases.of(target(null), VeleroKind.Backup, HERE))
        .containsExactlyInAnyOrder("one", "three");
    assertThat(releases.of(target(null), VeleroKind.Backup, "kb-0000000000000003")).isEmpty();
    assertThat(releases.of(target(null), VeleroKind.Schedule, HERE)).containsExactly("four");
  }

  @Test
  void aLostConfigMapLosesNoName() {
    releases().add(target(null), VeleroKind.Backup, "one", HERE, NOON);
    releases().add(target(null), VeleroKind.Backup, "two", THERE, NOON);
    lose("kurator-released-backups");
    assertThat(releases().of(target(null), VeleroKind.Backup, HERE)).containsExactly("one");
    releases().add(target(null), VeleroKind.Backup, "three", HERE, NOON);
    assertThat(releases().of(target(null), VeleroKind.Backup, HERE))
        .containsExactlyInAnyOrder("one", "three");
    assertThat(releases().of(target(null), VeleroKind.Backup, THERE)).containsExactly("two");
  }

  @Test
  void aRebuiltHubFindsThemOnTheMember() {
    releases().add(target(null), VeleroKind.Backup, "one", HERE, NOON);
    client.configMaps().inNamespace("crossplane-system").delete();
    assertThat(releases().of(target(null), VeleroKind.Backup, HERE)).containsExactly("one");
  }

  @Test
  void noNameIsForgottenForAnother() {
    Releases releases = new Releases(new ReleasesOnHub(client, "crossplane-system", MOST), MOST);
    int many = 2 * MOST + 10;
    for (int i = 0; i < many; i++) {
      releases.add(target(null), VeleroKind.Backup, "name-" + i, HERE, NOON);
    }
    assertThat(releases.of(target(null), VeleroKind.Backup, HERE)).hasSize(many);
    assertThat(cluster.count("ConfigMap")).isEqualTo(3);
    lose("kurator-released-backups-2");
    assertThat(releases.of(target(null), VeleroKind.Backup, HERE)).hasSize(many);
  }
}
