package dev.kurator.backup.function.render;

/**
 * A condition of the claim.
 *
 * @param type Accepted, Installed, BackedUp, Succeeded or RetentionRisk
 * @param status whether it holds
 * @param reason why, in one word
 * @param message why, for the user; may be empty
 */
public record ClaimCondition(String type, Status status, String reason, String message) {

  /** Type: the claim is valid and all it refers to is there. */
  public static final String ACCEPTED = "Accepted";

  /** Type: engine and storage are ready on every member. */
  public static final String INSTALLED = "Installed";

  /** Type: a Migrate's source is backed up; unknown until that has ended. */
  public static final String BACKED_UP = "BackedUp";

  /** Type: how the Backup, or the last run of each schedule, ended; unknown until then. */
  public static final String SUCCEEDED = "Succeeded";

  /** Type: a schedule keeps more backups than members and store can bear. */
  public static final String RETENTION_RISK = "RetentionRisk";

  /** Kubernetes' three values. */
  public enum Status {
    True,
    False,
    Unknown
  }
}
