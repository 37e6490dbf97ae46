package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.managed.Names;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Velero's phases mean to a claim (velero pkg/apis/velero/v1, Backup and Restore). */
public final class Phases {

  /** Every error-free. */
  public static final String COMPLETED = "Completed";

  /** A backup with holes. */
  public static final String PARTIALLY_FAILED = "PartiallyFailed";

  /** Our own: before Velero's Backup exists. */
  public static final String PENDING = "Pending";

  private static final Set<String> TERMINAL =
      Set.of(COMPLETED, PARTIALLY_FAILED, "Failed", "FailedValidation", Names.NOT_STARTED);
  private static final Set<String> NOT_BEGUN =
      Set.of(PENDING, "", "New", "Queued", "ReadyToStart", "FailedValidation", Names.NOT_STARTED);

  private Phases() {}

  /** The phase, or Pending as long as Velero has given none. */
  public static String orPending(@Nullable String phase) {
    return phase == null || phase.isEmpty() ? PENDING : phase;
  }

  /** Whether an operation in that phase has ended for good. */
  public static boolean isTerminal(@Nullable String phase) {
    return phase != null && TERMINAL.contains(phase);
  }

  /** Whether an operation in that phase left something with holes. */
  public static boolean isPartial(@Nullable String phase) {
    return PARTIALLY_FAILED.equals(phase);
  }

  /** Whether a backup in that phase can be restored. */
  public static boolean isUsable(@Nullable String phase) {
    return COMPLETED.equals(phase) || isPartial(phase);
  }

  /** Whether Velero has begun to work on an operation in that phase. */
  public static boolean hasBegun(@Nullable String phase) {
    return phase != null && !NOT_BEGUN.contains(phase);
  }
}
