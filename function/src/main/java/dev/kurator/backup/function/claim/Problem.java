package dev.kurator.backup.function.claim;

/**
 * One thing that is wrong with a claim.
 *
 * @param field path of the field, as in {@code spec.policies[0].name}
 * @param message what is wrong, and what would be right
 */
public record Problem(String field, String message) {

  /** The sentence for the user: field, then message. */
  @Override
  public String toString() {
    return field + ": " + message;
  }
}
