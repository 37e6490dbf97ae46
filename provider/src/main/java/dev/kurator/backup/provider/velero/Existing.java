package dev.kurator.backup.provider.velero;

/** What an object that already has our name is to us. */
public sealed interface Existing {

  /**
   * It is this very backup: taken by us earlier, or synced from the bucket after the hub was lost.
   */
  record Adoptable() implements Existing {}

  /** Its claim was deleted: leave it alone and take the next name. */
  record Released() implements Existing {}

  /** It is something else; the reason says what and fits the claim's status. */
  record Taken(String reason) implements Existing {}
}
