package dev.kurator.backup.provider.reconcile;

import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The hub's API in memory, which may refuse patches and writes of statuses. */
final class FakeHub extends KubernetesCrudDispatcher {

  private final AtomicInteger refused = new AtomicInteger();
  private volatile @Nullable String refusal;
  private volatile @Nullable String refusedStatus;
  private volatile int code = HttpURLConnection.HTTP_CONFLICT;

  /** Patches with that text are refused; null for none. */
  void refuse(@Nullable String text) {
    refuse(text, HttpURLConnection.HTTP_CONFLICT);
  }

  /** The same with another HTTP status. */
  void refuse(@Nullable String text, int code) {
    this.code = code;
    refusal = text;
  }

  /** Writes of that resource's status, as {@code velerobackups/backup}, are lost; null for none. */
  void refuseStatus(@Nullable String resource) {
    refuseStatus(resource, HttpURLConnection.HTTP_CONFLICT);
  }

  /** The same with another HTTP status. */
  void refuseStatus(@Nullable String resource, int code) {
    this.code = code;
    refusedStatus = resource;
  }

  /** How many were refused. */
  int refused() {
    return refused.get();
  }

  @Override
  public MockResponse handleUpdate(RecordedRequest request) {
    return isRefusedStatus(request) ? refusal() : super.handleUpdate(request);
  }

  @Override
  public MockResponse handlePatch(RecordedRequest request) {
    String body = new String(request.getBody().getBytes(), StandardCharsets.UTF_8);
    boolean isRefused = refusal != null && body.contains(refusal);
    return isRefused ? refusal() : super.handlePatch(request);
  }

  private boolean isRefusedStatus(RecordedRequest request) {
    return refusedStatus != null && request.getPath().endsWith(refusedStatus + "/status");
  }

  private MockResponse refusal() {
    refused.incrementAndGet();
    return new MockResponse().setResponseCode(code);
  }
}
