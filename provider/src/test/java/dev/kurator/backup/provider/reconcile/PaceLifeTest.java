package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What waits for its interval and what does not, by a clock that goes on only when it is put. */
@Execution(ExecutionMode.CONCURRENT)
class PaceLifeTest extends ScheduleLife {

  private final ManualClock clock = new ManualClock();

  @Override
  Clock clock() {
    return clock;
  }

  @Test
  void conditionsDoNotWaitForTheIntervalOfProgress() {
    velero.says("Backup", Map.of("phase", "InProgress"));
    register();
    applyAll(null);
    await(backup(), phase("InProgress"));

    velero.cut("no route");
    await(backup(), backupSays(Condition.SYNCED, "no route"));
    velero.heal();
    await(backup(), backupSays(Condition.SYNCED, "ReconcileSuccess"));
  }

  @Test
  void theEndDoesNotWaitForTheIntervalOfProgress() {
    velero.says("Backup", Map.of("phase", "InProgress"));
    register();
    applyAll(null);
    await(backup(), phase("InProgress"));

    velero.update("Backup", Samples.BACKUP_NAME, Map.of("phase", "Completed"));
    await(backup(), phase("Completed"));
  }

  @Test
  void anotherMessageOfWhatIsAwaitedIsWrittenAfterAMinute() {
    register();
    hub.resource(Samples.backup("backup", null, "1h")).create();
    clock.forward(Duration.ofSeconds(5));
    await(backup(), backupSays(Condition.READY, "does not exist"));

    clock.forward(Duration.ofSeconds(61));
    hub.resource(Local.install("install", "store")).create();
    await(backup(), backupSays(Condition.READY, "is for another member"));
  }

  @Test
  void theEndOfARunDoesNotWaitForTheNextOneToBegin() {
    applied(null);
    String first = velero.run(NAME, ago(Duration.ofHours(2)), Map.of("phase", "InProgress"));
    await(schedule(), sees(seen -> seen.runs().size() == 1));

    velero.run(NAME, ago(Duration.ofMinutes(1)), Map.of("phase", "New"));
    Instant begun = ago(Duration.ofHours(2));
    velero.update("Backup", first, Map.of("phase", "Completed", "startTimestamp", "" + begun));
    VeleroSchedule ended = await(schedule(), sees(seen -> seen.lastSuccessfulBackup() != null));
    assertThat(seen(ended).runs()).hasSize(2);
  }
}
