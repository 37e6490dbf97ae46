package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.claim.Absent;
import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.claim.Storage;
import java.util.List;
import java.util.Optional;

/**
 * A valid Backup.
 *
 * @param storage where backups go
 * @param policies at least one, names unique
 * @param deletionPolicy the claim's, or Retain
 * @param timing when
 */
public record BackupIntent(
    Storage storage, List<PolicyIntent> policies, DeletionPolicy deletionPolicy, Timing timing)
    implements Intent {

  /** Copies the list. */
  public BackupIntent {
    policies = Absent.orEmpty(policies);
  }

  /** The policy of that name, if the claim has it. */
  public Optional<PolicyIntent> policy(String name) {
    return policies.stream().filter(policy -> policy.name().equals(name)).findFirst();
  }
}
