package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.OperationDetail;
import dev.kurator.backup.function.plan.Decision;

/**
 * One operation of the claim, decided and looked at.
 *
 * @param decision what becomes of it
 * @param detail what the claim says about it
 * @param ready whether its managed resource is ready
 * @param sound whether it is, and its last reconcile went well: then its message is no trouble
 */
record Entry(Decision decision, OperationDetail detail, boolean ready, boolean sound) {

  /** One that only the claim knows of. */
  static Entry unseen(Decision decision, OperationDetail detail) {
    return new Entry(decision, detail, false, false);
  }
}
