package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A resource whose data Velero was asked to delete, and that says Retain before Velero did. */
@Execution(ExecutionMode.CONCURRENT)
class LateRetainLifeTest extends ScheduleLife {

  private static void retain(Resource<? extends HasMetadata> resource) {
    resource.patch(
        PatchContext.of(PatchType.JSON_MERGE),
        "{\"spec\": {\"forProvider\": {\"deletionPolicy\": \"Retain\"}}}");
  }

  private List<String> warnings() {
    return hub.v1().events().inNamespace(Samples.NAMESPACE).list().getItems().stream()
        .filter(event -> event.getType().equals("Warning"))
        .map(Event::getMessage)
        .toList();
  }

  private void awaitWarning(String beginning) {
    until(() -> warnings().stream().anyMatch(warning -> warning.startsWith(beginning)));
  }

  /** The request is there. */
  private String asked() {
    velero.cluster.await(cluster -> cluster.count("DeleteBackupRequest") == 1);
    return velero.cluster.calls().stream()
        .filter(call -> call.startsWith("create DeleteBackupRequest/"))
        .map(call -> call.replaceFirst(".*/", ""))
        .findFirst()
        .orElseThrow();
  }

  private void askForABackup() {
    register();
    applyAll(DeletionPolicy.Delete);
    await(backup(), phase("Completed"));
    velero.deletesNothing();
    backup().delete();
  }

  @Test
  void whatVeleroHasNotBegunToDeleteStays() {
    askForABackup();
    asked();
    retain(backup());
    await(backup(), ProviderLife::gone);
    assertThat(velero.cluster.count("DeleteBackupRequest")).isZero();
    assertThat(velero.cluster.count("Backup")).isOne();
    assertThat(warnings()).noneMatch(warning -> warning.contains("had begun"));
  }

  @Test
  void whatVeleroHasBegunToDeleteIsNamed() {
    askForABackup();
    velero.update("DeleteBackupRequest", asked(), Map.of("phase", "InProgress"));
    retain(backup());
    await(backup(), ProviderLife::gone);
    assertThat(velero.cluster.count("DeleteBackupRequest")).isOne();
    awaitWarning("Velero had begun to delete Backup ");
  }

  @Test
  void theSameHoldsForRunsOfASchedule() {
    applied(DeletionPolicy.Delete);
    String run = velero.run(NAME, ago(Duration.ofHours(3)), DONE);
    await(schedule(), sees(seen -> seen.runs().size() == 1));
    velero.deletesNothing();
    Resource<VeleroSchedule> schedule = schedule();
    schedule.delete();
    asked();
    retain(schedule);
    await(schedule, ProviderLife::gone);
    assertThat(velero.cluster.count("DeleteBackupRequest")).isZero();
    assertThat(velero.cluster.find("Backup", run)).isPresent();
    assertThat(warnings()).noneMatch(warning -> warning.contains("had begun"));
  }

  @Test
  void aRunThatVeleroHasBegunToDeleteIsNamed() {
    applied(DeletionPolicy.Delete);
    String run = velero.run(NAME, ago(Duration.ofHours(3)), DONE);
    await(schedule(), sees(seen -> seen.runs().size() == 1));
    velero.deletesNothing();
    schedule().delete();
    velero.update("DeleteBackupRequest", asked(), Map.of("phase", "InProgress"));
    retain(schedule());
    await(schedule(), ProviderLife::gone);
    awaitWarning("Velero had begun to delete Backup " + run);
  }
}
