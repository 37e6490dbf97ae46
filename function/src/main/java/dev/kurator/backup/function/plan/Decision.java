package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.claim.OperationDetail;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.function.claim.PolicyIntent;

/** What becomes of one operation. */
public sealed interface Decision {

  /** The operation that this is about. */
  Operation operation();

  /**
   * Rendered from the claim, for the first time or again.
   *
   * @param policy the claim's policy
   * @param registration how the member is registered
   */
  record Carry(Operation operation, PolicyIntent policy, ProviderConfigReference.Kind registration)
      implements Decision {}

  /**
   * Rendered for the first time, and left as it is from then on.
   *
   * @param way how the member gets at the backup
   * @param recovery what is to come back
   */
  record Begin(Operation operation, Way way, Recovery recovery) implements Decision {}

  /**
   * Not rendered yet, but the way to its backups is opened.
   *
   * @param way the way
   * @param why what the operation itself waits for, for the user
   */
  record Prepare(Operation operation, Way way, String why) implements Decision {}

  /** Observed, and left as it is: the claim says nothing about it, or nothing any more. */
  record Keep(Operation operation) implements Decision {}

  /** Observed, and no longer selected: kept until it says that its data stays. */
  record Release(Operation operation) implements Decision {}

  /** Observed, no longer selected, and its data stays: left out, which deletes it. */
  record Drop(Operation operation) implements Decision {}

  /**
   * Ended, and its resource is gone: its entry stays, and it is not run again.
   *
   * @param detail the entry
   */
  record Recall(Operation operation, OperationDetail detail) implements Decision {}

  /**
   * Cannot be rendered yet.
   *
   * @param why for the user, with what would help
   */
  record Hold(Operation operation, String why) implements Decision {}

  /**
   * Could not be rendered before the start deadline: ended, never started.
   *
   * @param why what it waited for
   */
  record Expire(Operation operation, String why) implements Decision {}

  /**
   * Can never begin: ended at once.
   *
   * @param why for the user
   */
  record Refuse(Operation operation, String why) implements Decision {}
}
