package dev.kurator.backup.provider.member;

/** What became of a kubeconfig. */
public sealed interface Admission {

  /** It can be used; whether the member answers is the member's link. */
  record Admitted(Member member) implements Admission {}

  /** It cannot; the reason says what to change and holds nothing of its content. */
  record Refused(String reason) implements Admission {}
}
