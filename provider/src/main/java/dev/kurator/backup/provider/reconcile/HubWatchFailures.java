package dev.kurator.backup.provider.reconcile;

import com.fasterxml.jackson.core.JacksonException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ExceptionHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.LoggerFactory;

/**
 * Keeps watches of the hub going and logs why one failed. The client's own loggers are off for all
 * watches, since they quote what members send, and log each try.
 */
final class HubWatchFailures implements ExceptionHandler {

  /** How long the same failure is not logged again. */
  static final Duration SILENCE = Duration.ofMinutes(10);

  private static final int MOST = 1000;

  private final String watched;
  private final Consumer<String> log;
  private final LongSupplier nanoTime;

  /** When each failure was logged last. */
  private final Map<String, Long> logged =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
              return size() > MOST;
            }
          });

  /**
   * For watches of one kind or a few.
   *
   * @param watched what they watch, for the log
   */
  HubWatchFailures(String watched) {
    this(watched, LoggerFactory.getLogger(HubWatchFailures.class)::warn, System::nanoTime);
  }

  /** The same with another log and clock. */
  HubWatchFailures(String watched, Consumer<String> log, LongSupplier nanoTime) {
    this.watched = watched;
    this.log = log;
    this.nanoTime = nanoTime;
  }

  /** Tries again where the watch was up once; the first start fails to its caller instead. */
  @Override
  public boolean retryAfterException(boolean started, Throwable failure) {
    String text =
        "Watch of %s on the hub %s: %s"
            .formatted(
                watched, started ? "failed and is tried again" : "cannot begin", reason(failure));
    long now = nanoTime.getAsLong();
    Long last = logged.get(text);
    if (last == null || now - last >= SILENCE.toNanos()) {
      logged.put(text, now);
      log.accept(text);
    }
    return started;
  }

  /** What an API server or a connection says; other messages may quote the content of Secrets. */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (!isAnswer(cause) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    boolean plain = isAnswer(cause) || (cause instanceof IOException && !isJson(cause));
    return cause.getClass().getSimpleName() + (plain ? ": " + cause.getMessage() : "");
  }

  private static boolean isAnswer(Throwable failure) {
    return failure instanceof KubernetesClientException answer && answer.getCode() > 0;
  }

  private static boolean isJson(Throwable failure) {
    return failure instanceof JacksonException;
  }
}
