package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.ClusterProviderConfig;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.VeleroRestore;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Errors that nobody foresaw, of the hub and of the program, from their condition to their end. */
@Execution(ExecutionMode.CONCURRENT)
class UnforeseenErrorLifeTest extends ProviderLife {

  private long told(String kind) {
    return hub.v1().events().inNamespace(Samples.NAMESPACE).list().getItems().stream()
        .filter(event -> event.getInvolvedObject().getKind().equals(kind))
        .filter(event -> EventReason.ReconcileError.name().equals(event.getReason()))
        .count();
  }

  private Resource<VeleroSchedule> schedule() {
    return hub.resources(VeleroSchedule.class).inNamespace(Samples.NAMESPACE).withName("schedule");
  }

  private Resource<VeleroRestore> restore() {
    return hub.resources(VeleroRestore.class).inNamespace(Samples.NAMESPACE).withName("restore");
  }

  private static boolean isFailing(List<Condition> conditions, String part) {
    return says(conditions, Condition.SYNCED, "ReconcileError")
        && says(conditions, Condition.SYNCED, part)
        && says(conditions, Condition.SYNCED, "in the provider's log)");
  }

  @Test
  void whatTheHubRefusesIsToldOnceAsTheHubs() {
    api.refuse(Samples.BACKUP_NAME, HttpURLConnection.HTTP_FORBIDDEN);
    register();
    applyAll(null);
    await(backup(), backupSays(Condition.SYNCED, "the hub's API server refused"));
    int before = api.refused();
    until(() -> api.refused() > before + 1);
    until(() -> told("VeleroBackup") > 0);
    assertThat(told("VeleroBackup")).isOne();

    api.refuse(null);
    assertThat(
            Mark.isTrue(
                await(backup(), phase("Completed")).getStatus().conditions(), Condition.SYNCED))
        .isTrue();
  }

  @Test
  void anErrorEndsOneReconcileOfEachKindAndNotTheResource() {
    velero.fails(new StackOverflowError());
    register();
    applyAll(null);
    hub.resource(Samples.schedule("0 3 * * *", false, null)).create();
    hub.resource(RestoreLife.restore(null, "hash", "1h")).create();
    await(
        install(),
        it ->
            it.getStatus() != null && isFailing(it.getStatus().conditions(), "StackOverflowError"));
    await(
        backup(),
        it ->
            it.getStatus() != null && isFailing(it.getStatus().conditions(), "StackOverflowError"));
    await(
        schedule(),
        it ->
            it.getStatus() != null && isFailing(it.getStatus().conditions(), "StackOverflowError"));
    await(
        restore(),
        it ->
            it.getStatus() != null && isFailing(it.getStatus().conditions(), "StackOverflowError"));

    velero.fails(null);
    await(install(), installSays(Condition.READY, "Available"));
    await(backup(), phase("Completed"));
    await(
        schedule(),
        it ->
            it.getStatus() != null
                && says(it.getStatus().conditions(), Condition.SYNCED, "Success"));
    await(
        restore(),
        it ->
            it.getStatus() != null
                && says(it.getStatus().conditions(), Condition.SYNCED, "Success"));
  }

  @Test
  void anErrorInADeletionIsToldAndTheDeletionGoesOn() {
    register();
    applyAll(DeletionPolicy.Delete);
    await(backup(), phase("Completed"));
    velero.fails(new StackOverflowError());
    backup().delete();
    await(
        backup(),
        it -> it.getStatus() != null && isFailing(it.getStatus().conditions(), "unexpected error"));

    velero.fails(null);
    await(backup(), ProviderLife::gone);
    assertThat(velero.cluster.count("Backup")).isZero();
  }

  @Test
  void aFinalizerThatTheHubRefusesIsToldToo() {
    api.refuse("finalizers", HttpURLConnection.HTTP_FORBIDDEN);
    register();
    applyAll(null);
    await(
        backup(),
        it ->
            it.getStatus() != null
                && isFailing(it.getStatus().conditions(), "the hub's API server refused"));
    assertThat(velero.cluster.calls()).isEmpty();

    api.refuse(null);
    await(backup(), phase("Completed"));
  }

  @Test
  void aRegistrationTellsItTooAndForgetsItAgain() {
    api.refuseStatus("clusterproviderconfigs/" + Samples.MEMBER, HttpURLConnection.HTTP_FORBIDDEN);
    register();
    Resource<ClusterProviderConfig> config =
        hub.resources(ClusterProviderConfig.class).withName(Samples.MEMBER);
    await(
        config,
        it ->
            it.getStatus() != null
                && isFailing(it.getStatus().conditions(), "the hub's API server refused"));

    api.refuseStatus(null);
    await(config, it -> Mark.isTrue(it.getStatus().conditions(), Condition.SYNCED));
  }

  @Test
  void whatIsOverIsSyncedAgainOnceItsPauseEnds() {
    register();
    applyAll(null);
    await(backup(), phase("Completed"));
    pause("true");
    await(backup(), backupSays(Condition.SYNCED, "ReconcilePaused"));
    pause("false");
    await(backup(), backupSays(Condition.SYNCED, "ReconcileSuccess"));
    assertThat(seen(backup().get()).phase()).isEqualTo("Completed");
  }

  private void pause(String value) {
    edit(
        backup(),
        it -> {
          Map<String, String> annotations =
              new java.util.HashMap<>(it.getMetadata().getAnnotations());
          annotations.put("crossplane.io/paused", value);
          it.getMetadata().setAnnotations(annotations);
          return it;
        });
  }
}
