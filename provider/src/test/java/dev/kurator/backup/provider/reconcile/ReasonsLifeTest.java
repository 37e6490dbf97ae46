package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.VeleroBackup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a backup with errors or warnings tells of them. */
@Execution(ExecutionMode.CONCURRENT)
class ReasonsLifeTest extends ProviderLife {

  private static final String SKIPPED =
      "Volume data in pod shop/till is a hostPath volume which is not supported for pod volume"
          + " backup, skipping";

  private static final Map<String, Object> WARNED =
      Map.of("phase", "Completed", "warnings", 1, "errors", 0);

  private ResultStore store;

  @BeforeEach
  void open() {
    store = ResultStore.open(velero, SKIPPED);
  }

  @AfterEach
  void shut() {
    store.close();
  }

  private static boolean explained(VeleroBackup backup) {
    return phase("Completed").test(backup) && !seen(backup).reasons().isEmpty();
  }

  @Test
  void aBackupWithoutWarningsAsksForNothing() {
    register();
    applyAll(null);
    await(backup(), phase("Completed"));
    assertThat(velero.cluster.calls()).noneMatch(call -> call.contains("DownloadRequest"));
  }

  @Test
  void theEndDoesNotWaitForAStoreThatDoesNotAnswer() {
    store.answer.set(403);
    velero.says("Backup", WARNED);
    register();
    applyAll(null);
    VeleroBackup done = await(backup(), phase("Completed"));
    assertThat(seen(done).reasons()).isEmpty();

    VeleroBackup explained = await(backup(), ReasonsLifeTest::explained);
    assertThat(seen(explained).reasons())
        .containsExactly(
            "Velero's reasons could not be fetched from the object store: 127.0.0.1 answered with"
                + " HTTP status 403; see `velero backup describe "
                + Samples.BACKUP_NAME
                + " --details` on paris");
    assertThat(seen(explained).phase()).isEqualTo("Completed");
    assertThat(store.downloads).hasValue(3);
    assertThat(velero.cluster.count("DownloadRequest")).isZero();
  }

  @Test
  void aProviderKilledBeforeTheReasonsCameFetchesThem() {
    store.answer.set(403);
    velero.says("Backup", WARNED);
    register();
    applyAll(null);
    await(backup(), phase("Completed"));
    provider.close();
    store.answer.set(200);
    provider = begin();
    assertThat(seen(await(backup(), ReasonsLifeTest::explained)).reasons())
        .containsExactly(SKIPPED);
  }

  @Test
  void anAddressOfTheHubsOwnMachinesIsNotAsked() {
    velero.says(
        "DownloadRequest",
        Map.of("phase", "Processed", "downloadURL", "http://169.254.169.254/latest/meta-data"));
    velero.says("Backup", WARNED);
    register();
    applyAll(null);
    List<String> reasons = seen(await(backup(), ReasonsLifeTest::explained)).reasons();
    assertThat(reasons).singleElement().asString().contains("is no address of an object store");
  }

  @Test
  void whatVeleroRefusesToSignIsToldAtOnceWithItsReason() {
    velero.says(
        "DownloadRequest",
        Map.of("phase", "Failed", "message", "no such\nbackup \u001b[31min the bucket"));
    velero.says("Backup", WARNED);
    register();
    applyAll(null);
    List<String> reasons = seen(await(backup(), ReasonsLifeTest::explained)).reasons();
    assertThat(reasons)
        .singleElement()
        .asString()
        .contains("Velero signs no address for it: no such backup  [31min the bucket; see");
    assertThat(store.downloads).hasValue(0);
  }

  @Test
  void whateverVeleroSaysIsWrittenAsPlainAndShortTexts() {
    velero.says(
        "Backup",
        Map.of(
            "phase",
            "Failed",
            "failureReason",
            "a\n\u001b[31m" + "x".repeat(2_000_000),
            "validationErrors",
            java.util.Collections.nCopies(1000, "y\n".repeat(10_000))));
    register();
    applyAll(null);
    VeleroBackup failed = await(backup(), phase("Failed"));
    assertThat(seen(failed).failureReason()).hasSize(1024).startsWith("a  [31mx").endsWith("...");
    assertThat(seen(failed).validationErrors()).hasSize(16).endsWith("... and 985 more");
    assertThat(failed.getStatus().toString()).doesNotContain("\n").doesNotContain("\u001b");
  }
}
