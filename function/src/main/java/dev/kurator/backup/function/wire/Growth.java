package dev.kurator.backup.function.wire;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.claim.BackupMoment;
import dev.kurator.backup.apis.claim.BackupRun;
import dev.kurator.backup.apis.claim.BackupStatus;
import dev.kurator.backup.apis.claim.Progress;
import dev.kurator.backup.apis.claim.RestoreDetail;
import dev.kurator.backup.apis.claim.RestoreProgress;
import dev.kurator.backup.apis.claim.RestoreStatus;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.wire.struct.StructWriter;
import java.util.List;

/** How large an entry of a claim's status becomes in its life, without what its texts take. */
final class Growth {

  private static final String NAME = "x".repeat(63);
  private static final String TIME = "2026-01-01T00:00:00Z";
  private static final String TEXT = "x";

  /** Velero's longest (velero pkg/apis/velero/v1). */
  private static final String PHASE = "WaitingForPluginOperationsPartiallyFailed";

  /** Lengths take more bytes in a larger whole. */
  private static final int SLACK = 16;

  private static final int BACKUP = bytes(new BackupStatus(null, null, null, List.of(backup())));
  private static final int SCHEDULE =
      bytes(new BackupStatus(null, null, null, List.of(schedule())));
  private static final int RESTORE = bytes(new RestoreStatus(null, null, List.of(restore())));

  private Growth() {}

  /** Bytes of an operation's entry as a Struct, which takes no less than JSON. */
  static int of(Operation operation) {
    int rest =
        switch (operation.kind()) {
          case Backup -> BACKUP;
          case Schedule -> SCHEDULE;
          case Restore -> RESTORE;
        };
    return rest + operation.member().length() + operation.policy().length();
  }

  private static BackupDetail backup() {
    return new BackupDetail(
        TEXT,
        TEXT,
        NAME,
        PHASE,
        TIME,
        TIME,
        TIME,
        new Progress(1L, 1L),
        1L,
        1L,
        TEXT,
        List.of(TEXT),
        List.of(TEXT),
        null,
        null,
        null,
        List.of(),
        TEXT);
  }

  private static BackupDetail schedule() {
    BackupMoment moment = new BackupMoment(NAME, TIME);
    BackupRun run = new BackupRun(NAME, PHASE, TIME, TIME, TIME, 1L, 1L, TEXT, List.of());
    return new BackupDetail(
        TEXT,
        TEXT,
        null,
        PHASE,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(TEXT),
        List.of(),
        moment,
        moment,
        TIME,
        List.of(run.explained(List.of(TEXT)), run, run),
        TEXT);
  }

  private static RestoreDetail restore() {
    return new RestoreDetail(
        TEXT,
        TEXT,
        NAME,
        TIME,
        NAME,
        PHASE,
        TIME,
        TIME,
        new RestoreProgress(1L, 1L),
        1L,
        1L,
        TEXT,
        List.of(TEXT),
        List.of(TEXT),
        TEXT);
  }

  private static int bytes(Record status) {
    StructWriter writer = new StructWriter();
    writer.fields(status);
    return writer.take().size() + SLACK;
  }
}
