package dev.kurator.backup.function.plan;

import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.MigrateIntent;
import dev.kurator.backup.function.claim.PolicyIntent;
import dev.kurator.backup.function.claim.RestoreIntent;
import dev.kurator.backup.function.claim.Selection;
import dev.kurator.backup.function.claim.Verdict;
import java.util.List;

/** Which members must be listed to plan a claim. */
public final class Selections {

  private Selections() {}

  /**
   * The selections of a claim, each once; none as long as that cannot be told.
   *
   * @param source the Backup that a Restore names
   */
  public static List<Selection> of(Verdict verdict, SourceBackup source) {
    return switch (verdict) {
      case Verdict.Valid(BackupIntent backup) ->
          backup.policies().stream().map(PolicyIntent::selection).distinct().toList();
      case Verdict.Valid(RestoreIntent restore) -> of(restore, source);
      case Verdict.Valid(MigrateIntent migrate) -> List.of(migrate.source(), migrate.targets());
      case Verdict.Invalid _ -> List.of();
    };
  }

  private static List<Selection> of(RestoreIntent restore, SourceBackup source) {
    if (restore.destination().isPresent()) {
      return List.of(restore.destination().get());
    }
    // Where the members that were backed up are registered is told by how they were selected.
    return source instanceof SourceBackup.Found found
        ? found.intent().policies().stream()
            .filter(policy -> restore.how(policy.name()).isPresent())
            .map(PolicyIntent::selection)
            .distinct()
            .toList()
        : List.of();
  }
}
