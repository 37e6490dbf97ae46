package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.claim.BackupPhase;
import dev.kurator.backup.apis.claim.BackupStatus;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the claim's status said before this call. Crossplane writes it only after every composed
 * resource was applied, so its members are the ones the Backup started with.
 *
 * @param phase null when there is no status yet
 * @param summary null when there is none
 * @param details the entries of {@code backupDetails}
 */
public record Earlier(
    @Nullable BackupPhase phase,
    @Nullable String summary,
    SortedMap<Operation, BackupDetail> details) {

  /**
   * Reads a claim's status.
   *
   * @param kind what its entries are about
   */
  public static Earlier of(BackupStatus status, Operation.Kind kind) {
    SortedMap<Operation, BackupDetail> details = new TreeMap<>();
    for (BackupDetail detail : status.backupDetails()) {
      details.put(new Operation(kind, detail.clusterName(), detail.policyName()), detail);
    }
    return new Earlier(status.phase(), status.summary(), details);
  }

  /** Whether the claim has been accepted: from then on its members are fixed. */
  public boolean started() {
    return phase != null && phase != BackupPhase.Pending;
  }
}
