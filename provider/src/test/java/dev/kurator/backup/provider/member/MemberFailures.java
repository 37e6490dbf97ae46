package dev.kurator.backup.provider.member;

/** Failures of calls to members, for tests of other packages. */
public final class MemberFailures {

  private MemberFailures() {}

  /** The member answered what is not the API's. */
  public static MemberApiException unreadable(String member, Throwable why) {
    return MemberApiException.of(member, why);
  }
}
