package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.syntax.PlainText;

/**
 * One thing that is wrong with a claim.
 *
 * @param field path of the field, as in {@code spec.policies[0].name}
 * @param message what is wrong, and what would be right
 */
public record Problem(String field, String message) {

  /** Makes both plain: what a user wrote may be part of them. */
  public Problem {
    field = PlainText.of(field);
    message = PlainText.of(message);
  }

  /** The sentence for the user: field, then message. */
  @Override
  public String toString() {
    return field + ": " + message;
  }
}
