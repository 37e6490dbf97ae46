package dev.kurator.backup.provider.member;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.Serial;
import java.net.HttpURLConnection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A member's answer that is too large or no answer of a Kubernetes API server. Has the code and
 * status of a 502, so that it is reported like any other refusal of the member.
 */
final class UnusableAnswer extends KubernetesClientException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * An answer of no use.
   *
   * @param problem follows "cluster x refused: " and repeats nothing of the answer
   */
  UnusableAnswer(String problem) {
    super(
        problem,
        HttpURLConnection.HTTP_BAD_GATEWAY,
        new StatusBuilder()
            .withCode(HttpURLConnection.HTTP_BAD_GATEWAY)
            .withMessage(problem)
            .build());
  }

  /** What was wrong with an answer, where that is among the causes of a failure. */
  static Optional<String> problem(@Nullable Throwable failure) {
    int causes = 0;
    for (Throwable cause = failure; cause != null && causes < 20; cause = cause.getCause()) {
      if (cause instanceof UnusableAnswer unusable) {
        return Optional.ofNullable(unusable.getMessage());
      }
      causes++;
    }
    return Optional.empty();
  }
}
