package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.claim.BackupPolicy;

/**
 * One policy of a valid claim.
 *
 * @param name as written, or by position
 * @param selection the policy's destination, or the claim's
 * @param policy as the user wrote it, without defaults
 * @param hash of the policy, see {@link PolicyHash}
 */
public record PolicyIntent(String name, Selection selection, BackupPolicy policy, String hash) {

  /** Hashes the policy once, for all members. */
  public PolicyIntent(String name, Selection selection, BackupPolicy policy) {
    this(name, selection, policy, PolicyHash.of(policy));
  }
}
