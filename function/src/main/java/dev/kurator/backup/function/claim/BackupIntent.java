package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.claim.Absent;
import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.claim.Storage;
import java.util.List;
import java.util.Optional;

/**
 * A valid one-time Backup.
 *
 * @param storage where backups go
 * @param policies at least one, names unique
 * @param deletionPolicy the claim's, or Retain
 * @param startDeadline Go duration, the claim's or 1h
 */
public record BackupIntent(
    Storage storage,
    List<PolicyIntent> policies,
    DeletionPolicy deletionPolicy,
    String startDeadline) {

  /** Start deadline of a claim that names none, as a Go duration. */
  public static final String DEFAULT_START_DEADLINE = "1h";

  /** Copies the list. */
  public BackupIntent {
    policies = Absent.orEmpty(policies);
  }

  /** The policy of that name, if the claim has it. */
  public Optional<PolicyIntent> policy(String name) {
    return policies.stream().filter(policy -> policy.name().equals(name)).findFirst();
  }
}
