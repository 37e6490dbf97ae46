package dev.kurator.backup.function.wire;

/** A request that cannot be answered; its reason becomes a FATAL result. */
final class UnreadableException extends Exception {

  private static final long serialVersionUID = 1;

  private final String reason;

  UnreadableException(String reason) {
    super(reason);
    this.reason = reason;
  }

  UnreadableException(String reason, Throwable cause) {
    super(reason, cause);
    this.reason = reason + ": " + cause.getMessage();
  }

  String reason() {
    return reason;
  }
}
