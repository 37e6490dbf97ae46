package dev.kurator.backup.provider.reconcile;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** A call to a member that failed, as conditions tell it. */
final class MemberTrouble extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean connection;

  private MemberTrouble(String message, boolean connection) {
    super(message, null, false, false);
    this.connection = connection;
  }

  /** What a failed call means; the text is the API server's own and holds nothing that we sent. */
  static MemberTrouble of(String member, KubernetesClientException failure) {
    // the client's code is 0 or -1 without an answer, depending on where it failed
    if (failure.getCode() <= 0) {
      return new MemberTrouble("cluster " + member + " is unreachable: no answer", true);
    }
    String reason =
        failure.getStatus() == null || failure.getStatus().getMessage() == null
            ? "HTTP status " + failure.getCode()
            : failure.getStatus().getMessage();
    return new MemberTrouble("cluster " + member + " refused: " + reason, false);
  }

  /** Whether there was no answer: then the member's link is looking into it already. */
  boolean connection() {
    return connection;
  }

  /** What a condition should say. */
  String text() {
    return String.valueOf(getMessage());
  }
}
