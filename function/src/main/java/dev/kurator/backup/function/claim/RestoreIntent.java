package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.claim.Absent;
import dev.kurator.backup.apis.claim.RestorePolicy;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A valid Restore.
 *
 * @param backupName the Backup claim in the same namespace
 * @param parts the Backup's policies to restore, names unique; empty for all of them
 * @param destination where to restore; empty for the members that were backed up
 * @param sourceCluster whose backups members get that have none of their own, null for nobody's
 * @param run Velero's name of the one backup to restore, null for the newest
 * @param startDeadline Go duration, the claim's or 1h
 */
public record RestoreIntent(
    String backupName,
    List<Part> parts,
    Optional<Selection> destination,
    @Nullable String sourceCluster,
    @Nullable String run,
    String startDeadline)
    implements Intent {

  /**
   * One of the Backup's policies.
   *
   * @param policy its name
   * @param how what of it to restore, and how, as the user wrote it
   */
  public record Part(String policy, RestorePolicy how) {}

  /** What {@link #hash} is of. */
  private record Wish(
      RestorePolicy policy, String backupName, @Nullable String run, String source) {}

  /** Copies the list. */
  public RestoreIntent {
    parts = Absent.orEmpty(parts);
  }

  /** How one of the Backup's policies is to be restored, if it is. */
  public Optional<RestorePolicy> how(String policy) {
    return parts.isEmpty()
        ? Optional.of(RestorePolicy.UNSET)
        : parts.stream().filter(one -> one.policy().equals(policy)).map(Part::how).findFirst();
  }

  /**
   * Hash of all that decides what comes back on a member: a restore that was run before counts only
   * with the same one.
   *
   * @param how of the policy
   * @param source the member whose backup it is
   */
  public String hash(RestorePolicy how, String source) {
    return PolicyHash.of(new Wish(how, backupName, run, source));
  }
}
