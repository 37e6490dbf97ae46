package dev.kurator.backup.provider.member;

import com.fasterxml.jackson.core.JacksonException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call to a member that failed. No call to the hub ever fails with it, so whoever catches it
 * knows whose failure it is.
 */
public final class MemberApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private enum Kind {
    NO_ANSWER,
    REFUSED,
    UNREADABLE
  }

  private final Kind kind;
  private final int code;

  private MemberApiException(Kind kind, int code, String text, @Nullable Throwable cause) {
    super(text, cause);
    this.kind = kind;
    this.code = code;
  }

  /**
   * There was no answer, or the client was closed under the call.
   *
   * @param member its name, as users know it
   */
  public static MemberApiException noAnswer(String member, @Nullable Throwable cause) {
    return new MemberApiException(
        Kind.NO_ANSWER, 0, "cluster " + member + " is unreachable: no answer", cause);
  }

  /**
   * It was not called, since this hub may not write there just now: tried again like what got no
   * answer.
   *
   * @param problem what a condition should say
   */
  public static MemberApiException notAllowedNow(String problem) {
    return new MemberApiException(Kind.NO_ANSWER, 0, problem, null);
  }

  /**
   * The API server said no.
   *
   * @param member its name, as users know it
   * @param code the HTTP status
   * @param reason the API server's own words
   */
  public static MemberApiException refused(String member, int code, String reason) {
    return new MemberApiException(
        Kind.REFUSED, code, "cluster " + member + " refused: " + reason, null);
  }

  /** What a failure of the Kubernetes client, or within it, means. */
  static MemberApiException of(String member, Throwable failure) {
    Optional<String> unusable = UnusableAnswer.problem(failure);
    if (unusable.isPresent()) {
      return refused(member, HttpURLConnection.HTTP_BAD_GATEWAY, unusable.get());
    }
    if (failure instanceof KubernetesClientException api && api.getCode() > 0) {
      String reason =
          api.getStatus() == null || api.getStatus().getMessage() == null
              ? "HTTP status " + api.getCode()
              : api.getStatus().getMessage();
      return refused(member, api.getCode(), reason);
    }
    // the client says so where it was closed under the call
    boolean closed = failure instanceof IllegalStateException;
    return closed || (failure instanceof KubernetesClientException && !unreadable(failure))
        ? noAnswer(member, failure)
        : new MemberApiException(
            Kind.UNREADABLE,
            0,
            "cluster " + member + " answered what cannot be read; check its address and API server",
            failure);
  }

  private static boolean unreadable(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof JacksonException) {
        return true;
      }
    }
    return false;
  }

  /** Whether there was no answer: then the member's link is looking into it already. */
  public boolean connection() {
    return kind == Kind.NO_ANSWER;
  }

  /** Whether it answered something that is not the API's: the cause says what was wrong with it. */
  public boolean unreadable() {
    return kind == Kind.UNREADABLE;
  }

  /** The HTTP status, 0 where there was none. */
  public int code() {
    return code;
  }

  /** Whether the name is taken, or the object changed meanwhile. */
  public boolean conflict() {
    return code == HttpURLConnection.HTTP_CONFLICT;
  }

  /** Whether the object is not there, or its kind is not served. */
  public boolean notFound() {
    return code == HttpURLConnection.HTTP_NOT_FOUND;
  }

  /** What a condition should say; holds nothing that we sent. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
