package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.VeleroBackup;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The clock stands still, so that an end waits for its reasons however long they take. */
class ReasonsTogetherLifeTest extends ProviderLife {

  private static final String SKIPPED = "a volume was skipped";

  private final ManualClock clock = new ManualClock();
  private ResultStore store;

  @Override
  Clock clock() {
    return clock;
  }

  @BeforeEach
  void open() {
    store = ResultStore.open(velero, SKIPPED);
  }

  @AfterEach
  void shut() {
    store.close();
  }

  @Test
  void aSkippedVolumeIsToldTogetherWithTheEnd() {
    velero.says("Backup", Map.of("phase", "InProgress"));
    register();
    applyAll(null);
    await(backup(), phase("InProgress"));
    List<VeleroBackup> states = new CopyOnWriteArrayList<>();
    try (Watch _ = backup().watch(new States(states))) {
      velero.update(
          "Backup", Samples.BACKUP_NAME, Map.of("phase", "Completed", "warnings", 1, "errors", 0));
      VeleroBackup done = await(backup(), phase("Completed"));
      assertThat(seen(done).reasons()).containsExactly(SKIPPED);
      assertThat(Mark.isTrue(done.getStatus().conditions(), Condition.READY)).isTrue();
    }
    assertThat(states)
        .filteredOn(phase("Completed"))
        .allSatisfy(state -> assertThat(seen(state).reasons()).isNotEmpty());
    velero.cluster.await(cluster -> cluster.count("DownloadRequest") == 0);
    assertThat(store.downloads).hasValue(1);
  }

  private record States(List<VeleroBackup> seen) implements Watcher<VeleroBackup> {

    @Override
    public void eventReceived(Action action, VeleroBackup backup) {
      seen.add(backup);
    }

    @Override
    public void onClose(WatcherException cause) {}
  }
}
