package dev.kurator.backup.provider.member;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what one answer of a member may cost. The client collects a body in memory whatever its
 * size, and waits for the rest of it as long as a byte comes now and then.
 *
 * @param timeout for a whole answer, from the request to its last byte
 */
record AnswerLimits(Duration timeout) implements Interceptor {

  /**
   * Of one answer, and of one event of a watch; Kubernetes keeps no object of more than 1.5 MiB.
   */
  static final int MOST_BYTES = 4 << 20;

  /** The client waits for as long as a server that has too much to do asks it to. */
  private static final long LONGEST_RETRY_AFTER_SECONDS = 5;

  @Override
  public AsyncBody.Consumer<List<ByteBuffer>> consumer(
      AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
    return new Counting(consumer, isWatch(request), System.nanoTime());
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.@Nullable Consumer<List<ByteBuffer>> consumer) {
    if (!(response.body() instanceof AsyncBody body) || isWatch(request)) {
      return;
    }
    long passed = consumer instanceof Counting counting ? System.nanoTime() - counting.begun() : 0;
    long left = Math.max(1, timeout.toNanos() - passed);
    var _ =
        body.done()
            .orTimeout(left, TimeUnit.NANOSECONDS)
            .whenComplete(
                (end, failure) -> {
                  if (failure != null) {
                    body.cancel();
                  }
                });
  }

  @Override
  public CompletableFuture<Boolean> afterFailure(
      BasicBuilder builder, HttpResponse<?> response, RequestTags tags) {
    String wait = response.header("Retry-After");
    if (wait == null || isShort(wait)) {
      return CompletableFuture.completedFuture(false);
    }
    if (response.body() instanceof AsyncBody body) {
      body.cancel();
    }
    return CompletableFuture.failedFuture(
        new KubernetesClientException(
            "it asks clients to wait longer than %d s; try again later"
                .formatted(LONGEST_RETRY_AFTER_SECONDS),
            response.code(),
            null));
  }

  private static boolean isShort(String seconds) {
    try {
      return Long.parseLong(seconds.strip()) <= LONGEST_RETRY_AFTER_SECONDS;
    } catch (NumberFormatException e) {
      // a date
      return false;
    }
  }

  private static boolean isWatch(HttpRequest request) {
    String query = request.uri().getQuery();
    return query != null && ("&" + query + "&").contains("&watch=true&");
  }

  /** Passes on what comes until it is too much; events of a watch end with a line. */
  private static final class Counting implements AsyncBody.Consumer<List<ByteBuffer>> {

    private final AsyncBody.Consumer<List<ByteBuffer>> consumer;
    private final boolean lines;
    private final long begun;
    private long bytes;

    Counting(AsyncBody.Consumer<List<ByteBuffer>> consumer, boolean lines, long begun) {
      this.consumer = consumer;
      this.lines = lines;
      this.begun = begun;
    }

    long begun() {
      return begun;
    }

    @Override
    public void consume(List<ByteBuffer> value, AsyncBody body) throws Exception {
      for (ByteBuffer buffer : value) {
        bytes = lines ? sinceLastLine(buffer) : bytes + buffer.remaining();
      }
      if (bytes > MOST_BYTES) {
        // before the connection is reset, or that would be taken for the reason
        body.done()
            .completeExceptionally(
                new UnusableAnswer(
                    "its answer is larger than %d MiB; check its server"
                        .formatted(MOST_BYTES >> 20)));
        body.cancel();
        return;
      }
      consumer.consume(value, body);
    }

    private long sinceLastLine(ByteBuffer buffer) {
      for (int i = buffer.limit() - 1; i >= buffer.position(); i--) {
        if (buffer.get(i) == '\n') {
          return (long) buffer.limit() - 1 - i;
        }
      }
      return bytes + buffer.remaining();
    }
  }
}
