package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.provider.velero.VeleroKind;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What somebody changes between our look at a resource and our own write to it. */
@Execution(ExecutionMode.CONCURRENT)
class ConcurrentEditLifeTest extends ProviderLife {

  /** While the provider looks for the Backup that it is about to announce and to create. */
  private void beforeTheAnnouncement(Runnable change) {
    AtomicBoolean changed = new AtomicBoolean();
    velero.cluster.beforeLooks(
        kind -> {
          if (kind == VeleroKind.Backup && changed.compareAndSet(false, true)) {
            change.run();
          }
        });
  }

  private void pause() {
    edit(
        backup(),
        resource -> {
          Map<String, String> annotations = new HashMap<>(Annotations.of(resource));
          annotations.put(Names.PAUSED, "true");
          resource.getMetadata().setAnnotations(annotations);
          return resource;
        });
  }

  @Test
  void aPauseJustBeforeTheAnnouncementOfABackupIsHeeded() {
    beforeTheAnnouncement(this::pause);
    register();
    applyAll(null);

    await(backup(), backupSays(Condition.SYNCED, "ReconcilePaused"));
    assertThat(velero.cluster.calls()).noneMatch(call -> call.startsWith("create Backup/"));
    assertThat(backup().get().getMetadata().getAnnotations())
        .doesNotContainKey(Names.EXTERNAL_NAME);
  }

  @Test
  void aDeletionJustBeforeTheAnnouncementOfABackupIsHeeded() {
    beforeTheAnnouncement(() -> backup().delete());
    register();
    applyAll(null);

    await(install(), installSays(Condition.READY, "Available"));
    await(backup(), ProviderLife::gone);
    assertThat(velero.cluster.calls()).noneMatch(call -> call.startsWith("create Backup/"));
  }
}
