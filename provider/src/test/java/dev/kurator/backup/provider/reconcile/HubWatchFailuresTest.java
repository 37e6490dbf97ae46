package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What the log says of watches of the hub. */
class HubWatchFailuresTest {

  private final List<String> log = new ArrayList<>();
  private final AtomicLong time = new AtomicLong();
  private final HubWatchFailures failures = new HubWatchFailures("Secrets", log::add, time::get);

  private static KubernetesClientException noConnection() {
    return new KubernetesClientException(
        "Operation: [list] failed", new ConnectException("Connection refused"));
  }

  @Test
  void aFailureIsLoggedOnceAndAgainAfterTenMinutes() {
    assertThat(failures.retryAfterException(true, noConnection())).isTrue();
    assertThat(failures.retryAfterException(true, noConnection())).isTrue();
    assertThat(log)
        .containsExactly(
            "Watch of Secrets on the hub failed and is tried again: ConnectException: Connection"
                + " refused");

    time.addAndGet(HubWatchFailures.SILENCE.toNanos());
    failures.retryAfterException(true, noConnection());
    assertThat(log).hasSize(2);
  }

  @Test
  void anotherFailureIsLoggedAtOnce() {
    failures.retryAfterException(true, noConnection());
    failures.retryAfterException(
        true,
        new CompletionException(new KubernetesClientException("secrets is forbidden", 403, null)));
    assertThat(log).hasSize(2);
    assertThat(log.getLast()).endsWith("KubernetesClientException: secrets is forbidden");
  }

  @Test
  void whatCannotBeReadIsNotQuoted() {
    failures.retryAfterException(
        true,
        new KubernetesClientException(
            "An error has occurred", new JsonParseException(null, "at: " + Samples.PASSWORD)));
    assertThat(log)
        .singleElement()
        .asString()
        .contains("JsonParseException")
        .doesNotContain("hunter2");
  }

  @Test
  void aWatchThatNeverBeganIsLeftToItsCaller() {
    assertThat(failures.retryAfterException(false, noConnection())).isFalse();
    assertThat(log).singleElement().asString().contains("cannot begin");
  }
}
