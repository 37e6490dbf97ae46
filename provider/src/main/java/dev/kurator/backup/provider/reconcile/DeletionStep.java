package dev.kurator.backup.provider.reconcile;

/** What to do next for a VeleroBackup that is being deleted. */
sealed interface DeletionStep {

  /**
   * Nothing on the member is this resource's: let it go.
   *
   * @param gone whether Velero's Backup was looked for and is not there
   */
  record LetGo(boolean gone) implements DeletionStep {}

  /**
   * What has the name on the member is not this resource's: let it go, and leave that as it is.
   *
   * @param reason why it is not its own
   */
  record Leave(String reason) implements DeletionStep {}

  /** Try once to label Velero's Backup as released, then let go whatever came of it. */
  record Release(String name) implements DeletionStep {}

  /** Label it, and ask Velero to delete it with its data. */
  record Request(String name) implements DeletionStep {}

  /** Something must happen first; the message says what, and the way out where there is one. */
  record Await(String message, boolean failing) implements DeletionStep {}
}
