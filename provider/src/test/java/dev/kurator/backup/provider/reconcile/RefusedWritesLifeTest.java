package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.ClusterProviderConfig;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.provider.hub.HubSerialization;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A hub that refuses the first write of each kind, or takes it and says that it did not. */
@Execution(ExecutionMode.CONCURRENT)
class RefusedWritesLifeTest extends RestoreLife {

  private static final String IN_TEAM = "/namespaces/" + Samples.NAMESPACE + "/";

  private KubernetesClient providers;

  /** A server that fails may close the connection: whoever tests asks again, the provider's way. */
  @BeforeEach
  void askPatiently() {
    providers = hub;
    hub =
        server.createClient(
            client -> client.withKubernetesSerialization(HubSerialization.create()));
    hub.getConfiguration().setRequestRetryBackoffLimit(5);
  }

  @AfterEach
  void closeTheProvidersClient() {
    providers.close();
  }

  @ParameterizedTest
  @EnumSource(FakeHub.Refusal.class)
  void nothingRunsTwiceAndAllEndsAsItShould(FakeHub.Refusal refusal) {
    api.refuseFirstOfEach(refusal);
    velero.says("Restore", status("Completed"));
    velero.says("Schedule", Map.of("phase", "Enabled"));
    backup("nightly-1", "Completed", "2026-11-20T00:00:00Z", null);
    register();
    applyAll(DeletionPolicy.Delete);
    hub.resource(restore(null, "hash", "1h")).create();
    hub.resource(Samples.schedule("0 0 1 1 *", false, DeletionPolicy.Retain)).create();

    await(backup(), phase("Completed"));
    await(restore(), restorePhase("Completed"));
    await(schedule(), there -> there != null && isReady(there));
    await(install(), installSays(Condition.READY, "Available"));
    assertDone("create", List.of("Backup", "Restore", "Schedule"));

    restore().delete();
    await(restore(), ProviderLife::gone);
    schedule().delete();
    await(schedule(), ProviderLife::gone);
    backup().delete();
    await(backup(), ProviderLife::gone);
    install().delete();
    await(install(), ProviderLife::gone);
    config().delete();
    await(config(), ProviderLife::gone);
    assertDone("create", List.of("Backup", "Restore", "Schedule", "DeleteBackupRequest"));
    assertThat(velero.cluster.count("BackupStorageLocation")).isZero();

    assertRefused("/events ", "CreatedExternalResource");
    assertRefused("/clusterproviderconfigs/paris ", "finalizers");
    for (String object :
        List.of(
            "veleroinstalls/install ",
            "velerobackups/backup ",
            "velerorestores/restore ",
            "veleroschedules/schedule ")) {
      assertRefused(IN_TEAM + object, "\"op\":\"add\" finalizers");
      assertRefused(IN_TEAM + object, "\"op\":\"remove\" finalizers");
      assertRefused(IN_TEAM + object, "external-create-pending");
      assertRefused(IN_TEAM + object.replace(" ", "/status "), "Available");
    }
  }

  /** Otherwise the test has not seen what it is about. */
  private void assertRefused(String path, String part) {
    assertThat(api.refusedKinds()).anyMatch(it -> it.contains(path) && it.contains(part));
  }

  private void assertDone(String verb, List<String> kinds) {
    assertThat(velero.cluster.calls())
        .filteredOn(call -> call.startsWith(verb + " ") && !call.contains("ConfigMap"))
        .extracting(call -> call.replaceFirst(verb + " ([A-Za-z]+)/.*", "$1"))
        .containsExactlyInAnyOrderElementsOf(kinds);
  }

  private static boolean isReady(VeleroSchedule schedule) {
    return schedule.getStatus() != null
        && says(schedule.getStatus().conditions(), Condition.READY, "Available");
  }

  private Resource<VeleroSchedule> schedule() {
    return hub.resources(VeleroSchedule.class).inNamespace(Samples.NAMESPACE).withName("schedule");
  }

  private Resource<ClusterProviderConfig> config() {
    return hub.resources(ClusterProviderConfig.class).withName(Samples.MEMBER);
  }
}
