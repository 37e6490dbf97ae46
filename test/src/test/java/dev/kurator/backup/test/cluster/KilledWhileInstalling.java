package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The provider dies at each step towards an engine. */
abstract class KilledWhileInstalling extends SoloTest {

  private final String config = Solo.unused("killed");

  /** Of the engine's namespace and of its VeleroInstall. */
  private final String engine = "velero-" + config;

  @Test
  void aProviderThatIsKilledAtEachWriteInstallsOneEngineAndOneLocation() {
    Killer killer = Killer.ofEngine(solo.provider(), engine);
    try (Sightings servers = Sightings.of(solo.client().apps().deployments().inNamespace(engine));
        Sightings agents = Sightings.of(solo.client().apps().daemonSets().inNamespace(engine));
        Sightings secrets = Sightings.of(solo.client().secrets().inNamespace(engine));
        Sightings locations =
            Sightings.of(Kind.VELERO_IO_LOCATION.on(solo.client()).inNamespace(engine))) {
      solo.gate().keeper(killer);
      register();
      solo.applyInstall(engine, config);
      solo.awaitReady(Kind.VELERO_INSTALL, engine);
      solo.gate().keeper(Keeper.OPEN);
      backUp();

      assertThat(servers.all()).as("servers").hasSize(1);
      assertThat(agents.all()).as("node-agents").hasSize(1);
      assertThat(locations.all()).as("locations").hasSize(1);
      assertThat(secrets.all()).as("the password's and the location's Secret").hasSize(2);
      assertThat(password()).isEqualTo(Planting.PASSWORD);
    }
    remove();
    System.out.println("killed " + killer.kills().size() + " times: " + killer.kills());
    assertThat(killer.kills()).hasSizeGreaterThan(8);
  }

  private void register() {
    new Hub(solo.cluster()).secret(Hub.CROSSPLANE, engine, "password", Planting.PASSWORD);
    String password =
        "  repositoryPasswordSecretRef: {namespace: %s, name: %s, key: password}%n"
                .formatted(Hub.CROSSPLANE, engine)
            + "  removal: Uninstall\n";
    solo.cluster()
        .apply(
            new Registration(
                    config,
                    config,
                    "solo-kubeconfig",
                    Solo.SOLO,
                    Registration.smallEngine(engine) + password)
                .text());
  }

  private void backUp() {
    solo.apply(
        Kind.VELERO_BACKUP,
        engine,
        engine,
        config,
        "policy: {resourceFilter: {includedNamespaces: [%s]}}".formatted(Solo.CONFIGS));
    solo.awaitReady(Kind.VELERO_BACKUP, engine);
    assertThat(
            State.phase(
                Kind.VELERO_IO_BACKUP.on(solo.client()).inNamespace(engine).withName(engine).get()))
        .isEqualTo("Completed");
  }

  /** Two engines are a lot for a small machine, and a cluster registered twice is told of. */
  private void remove() {
    for (Kind kind : List.of(Kind.VELERO_BACKUP, Kind.VELERO_INSTALL)) {
      var resource = solo.object(kind, engine);
      resource.delete();
      Await.until(kind.title() + " is gone", Solo.PATIENCE, resource, Objects::isNull);
    }
    Kind.CLUSTER_PROVIDER_CONFIG.on(solo.client()).withName(config).delete();
    assertThat(solo.client().apps().deployments().inNamespace(engine).list().getItems()).isEmpty();
  }

  private String password() {
    var secret =
        solo.client().secrets().inNamespace(engine).withName("velero-repo-credentials").require();
    String encoded = Objects.requireNonNull(secret.getData().get("repository-password"));
    return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
  }
}
