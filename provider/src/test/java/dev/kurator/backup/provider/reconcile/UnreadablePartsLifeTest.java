package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.claim.StorageProvider;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What cannot be read of an object costs that part: everybody else's work continues. */
@Execution(ExecutionMode.CONCURRENT)
class UnreadablePartsLifeTest extends UnreadableLife {

  private void assertOnlyItself(Bad bad) {
    until(() -> says(bad.path(), bad.plural.endsWith("configs") ? "Ready" : "Synced", bad.field()));
    await(backup(), phase("Completed"));
    JsonNode now = get(bad.path());
    assertThat(now.at(bad.pointer)).isEqualTo(tree(bad.spec).at(bad.pointer.substring(5)));
    assertThat(velero.cluster.calls()).noneMatch(call -> call.endsWith("/bad"));
    assertThat(velero.cluster.count("BackupStorageLocation")).isEqualTo(1);

    hub.raw(bad.path(), "DELETE", null);
    until(() -> get(bad.path()).isMissingNode());
  }

  private List<String> plugins() {
    return ((Deployment) velero.cluster.find("Deployment", "velero").orElseThrow())
        .getSpec().getTemplate().getSpec().getInitContainers().stream()
            .map(Container::getName)
            .toList();
  }

  @ParameterizedTest
  @EnumSource(Bad.class)
  void oneThatComesIsToldAndOthersGoOn(Bad bad) {
    register();
    create(bad);
    until(() -> says(bad.path(), bad.plural.endsWith("configs") ? "Ready" : "Synced", bad.field()));
    applyAll(null);
    assertOnlyItself(bad);
  }

  @ParameterizedTest
  @EnumSource(Bad.class)
  void oneThatIsThereAtTheStartIsToldAndOthersGoOn(Bad bad) {
    provider.close();
    register();
    create(bad);
    applyAll(null);
    provider = begin();
    assertOnlyItself(bad);
  }

  @Test
  void aRegistrationThatCannotBeReadIsToldToItsUsersAndTheEngineStays() {
    done(DeletionPolicy.Retain);
    velero.cluster.forgetCalls();

    damage(
        CONFIG, "/spec/velero", Map.of("resources", Map.of("limits", Map.of("memory", "plenty"))));
    until(() -> says(INSTALL, "Synced", "spec.velero.resources.limits.memory"));
    assertThat(velero.cluster.calls()).isEmpty();

    damage(CONFIG, "/spec/velero", Map.of("resources", Map.of("limits", Map.of("memory", "1Gi"))));
    velero.cluster.await(cluster -> cluster.calls().contains("apply Deployment/velero"));
  }

  @Test
  void anUnreadablePhaseNeverRunsABackupAgainAndIsKept() {
    done(DeletionPolicy.Retain);
    velero.cluster.forgetCalls();

    damage(BACKUP, "/status/atProvider/phase", List.of("Completed"));
    damage(BACKUP, "/spec/forProvider/policyHash", "another");
    until(() -> says(BACKUP, "Synced", "status.atProvider.phase cannot be read"));

    assertThat(get(BACKUP).at("/status/atProvider/phase").path(0).asText()).isEqualTo("Completed");
    assertThat(velero.cluster.calls()).isEmpty();

    damage(BACKUP, "/status/atProvider/phase", "Completed");
    damage(BACKUP, "/spec/forProvider/policyHash", "hash");
    until(() -> get(BACKUP).at("/status/atProvider/phase").asText().equals("Completed"));
    assertThat(velero.cluster.calls()).noneMatch(call -> call.startsWith("create"));
  }

  @Test
  void anUnreadableProviderAddsNoPluginAndTakesNoneAway() {
    done(DeletionPolicy.Retain);
    hub.resource(Samples.ofProvider("second", StorageProvider.gcp)).create();
    velero.cluster.await(cluster -> plugins().size() == 3);
    List<String> before = plugins();
    String second = API + "namespaces/team-a/veleroinstalls/second";
    damage(second, "/spec/forProvider/location/provider", "swift");
    until(() -> says(second, "Synced", "spec.forProvider.location.provider"));

    damage(CONFIG, "/spec/velero", Map.of("concurrentBackups", 3));
    velero.cluster.await(
        cluster ->
            cluster.find("Deployment", "velero").toString().contains("--concurrent-backups=3"));
    assertThat(plugins()).isEqualTo(before);
  }

  @Test
  void whatCannotBeReadAndNeverBeganEndsAtItsDeadline() {
    register();
    ObjectNode late = JSON.createObjectNode();
    late.put("apiVersion", "velero.m.kurator.dev/v1alpha1").put("kind", "VeleroBackup");
    late.putObject("metadata").put("name", "backup");
    late.set("spec", tree(Bad.unknownDeletionPolicy.spec));
    late.withObject("/spec/forProvider").put("startDeadline", "1s");
    hub.raw(API + "namespaces/team-a/velerobackups", "POST", late);

    until(() -> get(BACKUP).at("/status/atProvider/phase").asText().equals("NotStarted"));
    assertThat(get(BACKUP).at("/status").toString())
        .contains("spec.forProvider.deletionPolicy cannot be read");
  }
}
