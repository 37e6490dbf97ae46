package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.VeleroRestore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a restore with warnings tells of them, also to the hub that comes after. */
@Execution(ExecutionMode.CONCURRENT)
class RestoreReasonsLifeTest extends RestoreLife {

  private static final String WHY = "could not restore, Service shop/till already exists";

  private ResultStore store;

  @BeforeEach
  void open() {
    store = ResultStore.open(velero, WHY);
    velero.says("Restore", status("InProgress"));
    backup("nightly-1", "Completed", "2026-11-20T00:00:00Z", null);
    register();
    applyRestore();
    await(restore(), restorePhase("InProgress"));
  }

  @AfterEach
  void shut() {
    store.close();
  }

  private void ends() {
    Map<String, Object> status = new LinkedHashMap<>(status("Completed"));
    status.put("warnings", 1);
    velero.update("Restore", RESTORE_NAME, status);
  }

  private static boolean explained(VeleroRestore restore) {
    return restorePhase("Completed").test(restore) && !seen(restore).reasons().isEmpty();
  }

  @Test
  void aRebuiltHubTellsWhyWithoutAskingAnybody() {
    ends();
    VeleroRestore before = await(restore(), RestoreReasonsLifeTest::explained);
    assertThat(seen(before).reasons()).containsExactly(WHY);
    assertThat(Objects.requireNonNull(marker().outcome())).isEqualTo(seen(before));

    loseHub();
    velero.cluster.find("Restore", RESTORE_NAME).ifPresent(velero.cluster::remove);
    hub.resource(restore(null, "hash", "1h")).create();
    provider = begin();

    VeleroRestore after = await(restore(), RestoreReasonsLifeTest::explained);
    assertThat(seen(after)).isEqualTo(seen(before));
    assertThat(store.downloads).hasValue(1);
    assertThat(runs()).isEqualTo(1);
  }
}
