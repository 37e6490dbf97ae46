package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.claim.BackupRun;
import dev.kurator.backup.apis.claim.OperationDetail;
import dev.kurator.backup.function.plan.Phases;
import java.util.List;
import java.util.Optional;

/** What the runs of a schedule say about it: only one that has ended says anything. */
final class Runs {

  private Runs() {}

  /** The newest run that has ended, if one of the newest has. */
  static Optional<BackupRun> lastEnded(OperationDetail detail) {
    List<BackupRun> runs = detail instanceof BackupDetail backup ? backup.runs() : List.of();
    return runs.stream().filter(run -> Phases.isTerminal(run.phase())).findFirst();
  }

  /** The newest run that has ended, if it left no whole backup. */
  static Optional<BackupRun> failed(OperationDetail detail) {
    return lastEnded(detail).filter(run -> !run.phase().equals(Phases.COMPLETED));
  }
}
