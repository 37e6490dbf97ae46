package dev.kurator.backup.provider.member;

import java.time.Duration;

/**
 * How patient we are with members.
 *
 * @param heartbeat between two looks at a member that answers
 * @param firstRetry before the first new look at one that does not, doubled up to the last
 * @param lastRetry the longest wait between two looks
 * @param look the longest a look may take, TLS handshake included
 * @param connect the longest a TCP connect may take
 * @param request the longest a call may take
 * @param list the longest that all pages of a list may take together
 * @param served between two looks whether Velero's kinds are served yet
 */
public record Timing(
    Duration heartbeat,
    Duration firstRetry,
    Duration lastRetry,
    Duration look,
    Duration connect,
    Duration request,
    Duration list,
    Duration served) {

  /** For production: an unreachable member is noticed within 31 s. */
  public static final Timing DEFAULT =
      new Timing(
          Duration.ofSeconds(15),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofSeconds(8),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2));
}
