package dev.kurator.backup.provider.reconcile;

import java.time.Duration;

/** What to do about a hub's Lease on a member. */
sealed interface LeaseStep {

  /**
   * There is none.
   *
   * @param settling how long nothing may be written after that, since somebody else may be at work
   */
  record Create(Duration settling) implements LeaseStep {}

  /** It is ours: renew it. */
  record Renew() implements LeaseStep {}

  /**
   * It is to become ours.
   *
   * @param settling how long nothing may be written after that, since its holder may be at work
   */
  record TakeOver(Duration settling) implements LeaseStep {}

  /** Its holder was not seen to renew it yet. */
  record Wait(String holder) implements LeaseStep {}

  /** Its holder is another hub that was seen at work. */
  record Refuse(String holder) implements LeaseStep {}
}
