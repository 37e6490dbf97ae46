package dev.kurator.backup.provider.member;

import dev.kurator.backup.apis.syntax.PlainText;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What one look at a member found. */
sealed interface Look {

  /** What Kubernetes and its kin give as UIDs. */
  Pattern IDENTITY = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9]{0,61}[A-Za-z0-9]");

  /** It answered with its identity. */
  record Alive(String identity) implements Look {}

  /** It answered that it has too much to do: nothing new is known. */
  record Busy() implements Look {}

  /** It did not answer, or not to us. */
  record Dead(String reason) implements Look {}

  /**
   * Reads the member's kube-system namespace. A frozen machine still accepts connections and then
   * says nothing, so nothing below this line is trusted to end by itself.
   */
  static Look at(KubernetesClient client, ExecutorService executor, Duration patience) {
    Future<@Nullable Namespace> answer =
        executor.submit(() -> client.namespaces().withName("kube-system").get());
    try {
      return Optional.ofNullable(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS))
          .map(Look::identified)
          .orElseGet(() -> new Dead("its server has no namespace kube-system; check the address"));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return silent(patience);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return new Dead("the provider is stopping");
    } catch (ExecutionException e) {
      return because(e.getCause() == null ? e : e.getCause(), patience);
    }
  }

  /** The UID becomes a label's value and part of messages: another server's nonsense must not. */
  private static Look identified(Namespace namespace) {
    String identity = namespace.getMetadata() == null ? null : namespace.getMetadata().getUid();
    return identity != null && IDENTITY.matcher(identity).matches()
        ? new Alive(identity)
        : new Dead("its server's namespace kube-system has no valid UID; check the address");
  }

  private static Look because(Throwable failure, Duration patience) {
    Optional<String> unusable = UnusableAnswer.problem(failure);
    if (unusable.isPresent()) {
      return new Dead(unusable.get());
    }
    if (failure instanceof KubernetesClientException api && api.getCode() > 0) {
      return switch (api.getCode()) {
        case 429 -> new Busy();
        case 401 ->
            new Dead(
                "its server does not accept the credentials (401 Unauthorized); put a current"
                    + " kubeconfig into the Secret");
        case 403 ->
            new Dead(
                "its server does not let the credentials read namespace kube-system (403"
                    + " Forbidden); use credentials with administrator rights");
        default -> new Dead("its server answers with HTTP status " + api.getCode());
      };
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isTimeout(cause)) {
        return silent(patience);
      }
      if (cause instanceof UnknownHostException) {
        return new Dead("its address cannot be resolved");
      }
      if (cause instanceof SSLException) {
        return new Dead("no TLS connection: " + deepest(cause));
      }
    }
    return new Dead(deepest(failure));
  }

  /** One reason for all that silence leads to, so that it is told once. */
  private static Look silent(Duration patience) {
    return new Dead("no answer within %d s".formatted(Math.max(1, patience.toSeconds())));
  }

  /** The transport has several kinds, for the connection, the TLS handshake and the request. */
  private static boolean isTimeout(Throwable failure) {
    String message = failure.getMessage();
    return failure instanceof TimeoutException
        || failure instanceof SocketTimeoutException
        || (failure instanceof IOException && message != null && message.contains("timed out"));
  }

  private static String deepest(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage();
    return message == null || message.isBlank()
        ? deepest.getClass().getSimpleName()
        : PlainText.of(message);
  }
}
