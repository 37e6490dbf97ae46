package dev.kurator.backup.provider.member;

import java.time.Instant;

/** Whether a member answers. */
public sealed interface Link {

  /** The first answer is still awaited. */
  record Connecting() implements Link {}

  /**
   * It answers.
   *
   * @param identity UID of its kube-system namespace
   * @param cluster its API, valid until the link changes
   */
  record Reachable(String identity, Cluster cluster) implements Link {}

  /**
   * It does not, or not to us.
   *
   * @param reason why, for people, without secrets; follows "cluster x is unreachable: "
   * @param since when this was noticed; for backoff, never for a status
   */
  record Unreachable(String reason, Instant since) implements Link {}
}
