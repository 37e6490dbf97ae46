package dev.kurator.backup.provider.velero;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.apis.managed.ContainerResources;
import dev.kurator.backup.apis.managed.EngineSettings;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.NodeAgentSettings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EngineTest {

  private static final EngineSettings CUSTOM =
      new EngineSettings(
          "backup-system",
          "v1.18.1",
          "registry.example.com:5000/mirror/velero",
          Map.of("aws", "registry.example.com:5000/mirror/velero-plugin-for-aws:v1.14.0"),
          List.of("pull"),
          new ContainerResources(Map.of("memory", "1Gi"), Map.of()),
          Map.of("pool", "infra"),
          List.of(new TolerationBuilder().withKey("infra").withOperator("Exists").build()),
          new NodeAgentSettings(
              new ContainerResources(Map.of(), Map.of("cpu", "100m")),
              Map.of("data", "yes"),
              List.of(new TolerationBuilder().withOperator("Exists").build()),
              "/var/lib/k0s/kubelet/"),
          4,
          null,
          null,
          null);

  @Test
  void anEngineWithEveryDefaultIsWhatVeleroInstallWouldMake() {
    Golden.check(
        "engine-default.yaml",
        Engine.manifests(EngineSettings.UNSET, "hub", Set.of(StorageProvider.aws)));
  }

  @Test
  void everySettingOfTheEngineReachesItsManifests() {
    Golden.check(
        "engine-custom.yaml",
        Engine.manifests(CUSTOM, "other", Set.of(StorageProvider.aws, StorageProvider.gcp)));
  }

  @Test
  void thePluginsOfAServerAreFoundWhateverTheirVersionsAndRegistries() {
    Deployment server =
        Engine.manifests(CUSTOM, "hub", Set.of(StorageProvider.aws, StorageProvider.gcp)).stream()
            .filter(Deployment.class::isInstance)
            .map(Deployment.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(Engine.providers(server, CUSTOM))
        .containsExactlyInAnyOrder(StorageProvider.aws, StorageProvider.gcp);

    server =
        (Deployment)
            Engine.manifests(EngineSettings.UNSET, "hub", Set.of(StorageProvider.azure)).get(3);
    assertThat(Engine.providers(server, CUSTOM)).containsExactly(StorageProvider.azure);
    server.getSpec().getTemplate().getSpec().setInitContainers(List.of());
    assertThat(Engine.providers(server, CUSTOM)).isEmpty();
  }

  @Test
  void everyObjectNamesItsHub() {
    assertThat(Engine.manifests(CUSTOM, "hub-1", Set.of(StorageProvider.azure)))
        .allSatisfy(
            object ->
                assertThat(object.getMetadata().getLabels())
                    .containsEntry(Names.HUB_LABEL, "hub-1")
                    .containsEntry("component", "velero"));
  }

  @Test
  void theOrderOfTheProvidersNeverChangesTheEngine() {
    Set<StorageProvider> one =
        new LinkedHashSet<>(List.of(StorageProvider.gcp, StorageProvider.aws));
    Set<StorageProvider> two =
        new LinkedHashSet<>(List.of(StorageProvider.aws, StorageProvider.gcp));
    assertThat(Engine.manifests(EngineSettings.UNSET, "hub", one))
        .isEqualTo(Engine.manifests(EngineSettings.UNSET, "hub", two));
  }

  @Test
  void theNodeAgentHasExactlyOneContainer() {
    DaemonSet agents =
        (DaemonSet) Engine.manifests(CUSTOM, "hub", Set.of(StorageProvider.aws)).getLast();
    assertThat(agents.getSpec().getTemplate().getSpec().getContainers()).hasSize(1);
    assertThat(agents.getSpec().getTemplate().getSpec().getInitContainers()).isEmpty();
  }

  @Test
  void theOwnerOfAnObjectIsReadOffItsHubLabel() {
    HasMetadata bare =
        new NamespaceBuilder().withNewMetadata().withName("velero").endMetadata().build();
    assertThat(Owner.of(bare, "hub")).isEqualTo(new Owner.Foreign());
    HasMetadata ours = Engine.manifests(EngineSettings.UNSET, "hub", Set.of()).getFirst();
    assertThat(Owner.of(ours, "hub")).isEqualTo(new Owner.Ours());
    assertThat(Owner.of(ours, "new")).isEqualTo(new Owner.OtherHub("hub"));
  }
}
