package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroInstall;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Namespaces that lose their member's credentials, or the right to use it. */
@Execution(ExecutionMode.CONCURRENT)
class LeavingNamespacesLifeTest extends ProviderLife {

  private final ManualClock clock = new ManualClock();

  @Override
  Clock clock() {
    return clock;
  }

  private void takeABackup(DeletionPolicy policy) {
    register();
    applyAll(policy);
    await(backup(), phase("Completed"));
    await(install(), installSays(Condition.READY, "True"));
  }

  private void loseTheKubeconfig() {
    hub.resource(Samples.kubeconfig()).delete();
  }

  private void restart() {
    provider.close();
    velero.forgetCredentials();
    provider = begin();
  }

  @Test
  void aDeletionGoesOnWithTheLastCredentials() {
    takeABackup(DeletionPolicy.Delete);
    loseTheKubeconfig();
    await(install(), installSays(Condition.SYNCED, "does not exist"));

    install().delete();
    backup().delete();
    await(backup(), ProviderLife::gone);
    await(install(), ProviderLife::gone);
    assertThat(velero.cluster.count("Backup")).isZero();
    assertThat(velero.cluster.count("BackupStorageLocation")).isZero();
  }

  @Test
  void aNamespaceThatIsNotAllowedAnyMoreStartsNothingAndCleansUp() {
    takeABackup(DeletionPolicy.Delete);
    hub.resource(Samples.config(List.of("others"), null)).patch();
    await(install(), installSays(Condition.SYNCED, "does not allow namespace team-a"));
    velero.cluster.forgetCalls();
    hub.resource(Samples.backup("another", null, "1h")).create();
    await(
        hub.resources(VeleroBackup.class).inNamespace(Samples.NAMESPACE).withName("another"),
        backupSays(Condition.SYNCED, "does not allow namespace team-a"));
    assertThat(velero.cluster.calls()).isEmpty();

    backup().delete();
    await(backup(), ProviderLife::gone);
    hub.resource(Samples.backup("another", null, "1h")).delete();
    install().delete();
    await(install(), ProviderLife::gone);
    assertThat(velero.cluster.count("Backup")).isZero();
    assertThat(velero.cluster.count("BackupStorageLocation")).isZero();
  }

  @Test
  void whatARevokedNamespaceHasOnTheMemberStaysWhenAnotherLeaves() {
    takeABackup(DeletionPolicy.Retain);
    VeleroInstall theirs = Samples.install("theirs");
    theirs.getMetadata().setNamespace("team-b");
    hub.resource(Samples.secret("team-b", "store", "cloud", Samples.PASSWORD)).create();
    hub.resource(theirs).create();
    Resource<VeleroInstall> revoked =
        hub.resources(VeleroInstall.class).inNamespace("team-b").withName("theirs");
    await(revoked, installSays(Condition.READY, "True"));
    hub.resource(Samples.config(List.of("team-a"), null)).patch();
    await(revoked, installSays(Condition.SYNCED, "does not allow namespace team-b"));

    backup().delete();
    install().delete();
    await(install(), ProviderLife::gone);
    assertThat(velero.cluster.count("BackupStorageLocation")).isOne();
    revoked.delete();
    await(revoked, ProviderLife::gone);
    assertThat(velero.cluster.count("BackupStorageLocation")).isZero();
  }

  @Test
  void withoutAnyCredentialsATerminatingNamespaceWaitsTenMinutesForThem() {
    takeABackup(DeletionPolicy.Delete);
    loseTheKubeconfig();
    restart();
    api.terminate(Samples.NAMESPACE);
    backup().delete();
    install().delete();
    await(backup(), backupSays(Condition.READY, "does not exist"));

    clock.forward(TerminatingNamespaces.PATIENCE.plus(Duration.ofMinutes(1)));
    restart();
    await(backup(), ProviderLife::gone);
    await(install(), ProviderLife::gone);
    assertThat(velero.cluster.count("Backup")).isOne();
    until(() -> warnings().size() == 2);
    assertThat(warnings())
        .anyMatch(it -> it.contains("Velero's Backup " + Samples.BACKUP_NAME))
        .anyMatch(it -> it.contains("BackupStorageLocation and Secret kb-"));
  }

  private List<String> warnings() {
    return hub.v1().events().inNamespace("default").list().getItems().stream()
        .filter(event -> event.getInvolvedObject().getKind().equals("Namespace"))
        .map(Event::getMessage)
        .toList();
  }

  @Test
  void withoutAnyCredentialsANamespaceThatStaysWaitsForThem() {
    takeABackup(DeletionPolicy.Delete);
    loseTheKubeconfig();
    restart();
    backup().delete();
    await(backup(), backupSays(Condition.READY, "does not exist"));
    clock.forward(Duration.ofHours(1));
    restart();
    velero.says("Backup", Map.of());
    hub.resource(Samples.kubeconfig()).create();
    await(backup(), ProviderLife::gone);
    assertThat(velero.cluster.count("Backup")).isZero();
  }
}
