package dev.kurator.backup.provider.member;

/** Ends the reading of a kubeconfig with a reason that repeats none of its content. */
final class Unfit extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  Unfit(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
