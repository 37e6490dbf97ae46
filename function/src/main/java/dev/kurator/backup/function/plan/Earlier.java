package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.claim.BackupStatus;
import dev.kurator.backup.apis.claim.MigrateStatus;
import dev.kurator.backup.apis.claim.OperationDetail;
import dev.kurator.backup.apis.claim.RestoreStatus;
import dev.kurator.backup.function.plan.Obstacle.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a claim's status said before this call. Crossplane writes it only after every composed
 * resource was applied, so its members are the ones that the claim started with.
 *
 * @param phase null when there is no status yet
 * @param summary null when there is none
 * @param details its entries
 * @param refusal why the claim was not accepted, if it was not
 */
public record Earlier(
    @Nullable ClaimPhase phase,
    @Nullable String summary,
    SortedMap<Operation, OperationDetail> details,
    Optional<Reason> refusal) {

  /**
   * Reads a Backup's status.
   *
   * @param kind what its entries are about
   */
  public static Earlier of(BackupStatus status, Operation.Kind kind, Optional<Reason> refusal) {
    ClaimPhase phase = status.phase() == null ? null : ClaimPhase.valueOf(status.phase().name());
    return of(phase, status.summary(), status.backupDetails(), kind, refusal);
  }

  /** Reads a Restore's status. */
  public static Earlier of(RestoreStatus status, Optional<Reason> refusal) {
    ClaimPhase phase = status.phase() == null ? null : ClaimPhase.valueOf(status.phase().name());
    return of(phase, status.summary(), status.restoreDetails(), Operation.Kind.Restore, refusal);
  }

  /** Reads a Migrate's status. */
  public static Earlier of(MigrateStatus status, Optional<Reason> refusal) {
    ClaimPhase phase = status.phase() == null ? null : ClaimPhase.valueOf(status.phase().name());
    SortedMap<Operation, OperationDetail> details =
        entries(status.targetClusterStatus(), Operation.Kind.Restore);
    if (status.sourceClusterStatus() != null) {
      details.putAll(entries(List.of(status.sourceClusterStatus()), Operation.Kind.Backup));
    }
    return new Earlier(phase, status.summary(), details, refusal);
  }

  private static Earlier of(
      @Nullable ClaimPhase phase,
      @Nullable String summary,
      Collection<? extends OperationDetail> entries,
      Operation.Kind kind,
      Optional<Reason> refusal) {
    return new Earlier(phase, summary, entries(entries, kind), refusal);
  }

  /**
   * The same of a claim whose phase this release does not know, as after a step back to an older
   * one: with entries it was accepted, and nothing of it begins again.
   */
  public Earlier inUnknownPhase() {
    return details.isEmpty() ? this : new Earlier(ClaimPhase.Preparing, summary, details, refusal);
  }

  private static SortedMap<Operation, OperationDetail> entries(
      Collection<? extends OperationDetail> entries, Operation.Kind kind) {
    SortedMap<Operation, OperationDetail> details = new TreeMap<>();
    for (OperationDetail detail : entries) {
      if (!detail.clusterName().isEmpty() && !detail.policyName().isEmpty()) {
        details.put(new Operation(kind, detail.clusterName(), detail.policyName()), detail);
      }
    }
    return details;
  }

  /** Whether the claim has been accepted: from then on its members are fixed. */
  public boolean started() {
    return phase != null && phase != ClaimPhase.Pending;
  }
}
