package dev.kurator.backup.provider.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How much of a member's answer is taken. */
class AnswerLimitsTest {

  private static final String LINE = "x".repeat(1 << 20);

  private final AtomicLong taken = new AtomicLong();
  private final Body body = new Body();

  private static final class Body implements AsyncBody {
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private boolean cancelled;

    @Override
    public void consume() {}

    @Override
    public CompletableFuture<Void> done() {
      return done;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  private void answer(String query, int times, String part) throws Exception {
    AsyncBody.Consumer<List<ByteBuffer>> limited =
        new AnswerLimits(Duration.ofHours(1))
            .consumer(
                (buffers, from) -> buffers.forEach(it -> taken.addAndGet(it.remaining())),
                new StandardHttpRequest.Builder().uri("https://paris/api?" + query).build());
    for (int i = 0; i < times && !body.cancelled; i++) {
      limited.consume(List.of(ByteBuffer.wrap(part.getBytes(StandardCharsets.UTF_8))), body);
    }
  }

  @Test
  void aWatchMayGoOnForEverInSmallEvents() throws Exception {
    answer("watch=true", 20, LINE + "\n");

    assertThat(body.cancelled).isFalse();
    assertThat(taken).hasValue(20L * (LINE.length() + 1));
  }

  @Test
  void anEventThatIsTooLargeEndsTheWatch() throws Exception {
    answer("allowWatchBookmarks=true&watch=true", 20, LINE);

    assertThat(body.cancelled).isTrue();
    assertThat(taken).hasValueLessThanOrEqualTo(AnswerLimits.MOST_BYTES);
    assertThat(UnusableAnswer.problem(body.done.exceptionNow())).isPresent();
  }

  @Test
  void anyOtherAnswerIsCountedAsAWhole() throws Exception {
    answer("watch=false", 20, LINE + "\n");

    assertThat(body.cancelled).isTrue();
    assertThat(taken).hasValueLessThanOrEqualTo(AnswerLimits.MOST_BYTES);
  }
}
