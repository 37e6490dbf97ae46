package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.VeleroBackup;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
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

  private final AtomicInteger answer = new AtomicInteger(200);
  private final AtomicInteger downloads = new AtomicInteger();
  private HttpServer store;

  @BeforeEach
  void open() throws IOException {
    store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] results =
        packed("{\"errors\":{},\"warnings\":{\"namespaces\":{\"shop\":[\"" + SKIPPED + "\"]}}}");
    store.createContext(
        "/",
        exchange -> {
          downloads.incrementAndGet();
          exchange.sendResponseHeaders(answer.get(), results.length);
          exchange.getResponseBody().write(results);
          exchange.close();
        });
    store.start();
    velero.says(
        "DownloadRequest",
        Map.of(
            "phase",
            "Processed",
            "downloadURL",
            "http://127.0.0.1:" + store.getAddress().getPort() + "/results?signature=secret"));
  }

  @AfterEach
  void shut() {
    store.stop(0);
  }

  private static byte[] packed(String json) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(json.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static boolean explained(VeleroBackup backup) {
    return phase("Completed").test(backup) && !seen(backup).reasons().isEmpty();
  }

  @Test
  void aSkippedVolumeIsToldTogetherWithTheEnd() {
    velero.says("Backup", Map.of("phase", "InProgress"));
    register();
    applyAll(null);
    await(backup(), phase("InProgress"));
    List<VeleroBackup> states = new CopyOnWriteArrayList<>();
    try (Watch _ = backup().watch(new States(states))) {
      velero.update("Backup", Samples.BACKUP_NAME, WARNED);
      VeleroBackup done = await(backup(), ReasonsLifeTest::explained);
      assertThat(seen(done).reasons()).containsExactly(SKIPPED);
      assertThat(Mark.isTrue(done.getStatus().conditions(), Condition.READY)).isTrue();
    }
    assertThat(states)
        .filteredOn(phase("Completed"))
        .allSatisfy(state -> assertThat(seen(state).reasons()).isNotEmpty());
    velero.cluster.await(cluster -> cluster.count("DownloadRequest") == 0);
    assertThat(downloads).hasValue(1);
  }

  private record States(List<VeleroBackup> seen) implements Watcher<VeleroBackup> {

    @Override
    public void eventReceived(Action action, VeleroBackup backup) {
      seen.add(backup);
    }

    @Override
    public void onClose(WatcherException cause) {}
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
    answer.set(403);
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
    assertThat(downloads).hasValue(3);
    assertThat(velero.cluster.count("DownloadRequest")).isZero();
  }

  @Test
  void aProviderKilledBeforeTheReasonsCameFetchesThem() {
    answer.set(403);
    velero.says("Backup", WARNED);
    register();
    applyAll(null);
    await(backup(), phase("Completed"));
    provider.close();
    answer.set(200);
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
}
