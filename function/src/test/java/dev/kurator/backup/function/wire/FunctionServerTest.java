package dev.kurator.backup.function.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.kurator.backup.function.wire.ServerOptions.Transport;
import dev.kurator.crossplane.fn.v1.FunctionRunnerServiceGrpc;
import dev.kurator.crossplane.fn.v1.FunctionRunnerServiceGrpc.FunctionRunnerServiceBlockingStub;
import dev.kurator.crossplane.fn.v1.RunFunctionRequest;
import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FunctionServerTest {

  private static final Transport PLAINTEXT = new Transport.Plaintext();

  @Test
  void answersALargeRequestAndOutlivesOnePastTheLimit() throws IOException {
    try (Served served = Served.with(InstantSource.system(), PLAINTEXT, 6 * Served.MEBIBYTE, 0)) {
      FunctionRunnerServiceBlockingStub stub = served.stub();

      assertAnswered(stub, large(5 * Served.MEBIBYTE));
      assertThatThrownBy(() -> stub.runFunction(large(7 * Served.MEBIBYTE)))
          .isInstanceOf(StatusRuntimeException.class)
          .extracting(e -> Status.fromThrowable(e).getCode())
          .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      assertAnswered(stub, large(10));
    }
  }

  @Test
  void aDefectOfOursIsAFatalResultAndTheServerLivesOn() throws IOException {
    InstantSource broken =
        () -> {
          throw new IllegalStateException("the clock is broken");
        };
    try (Served served = Served.with(broken, PLAINTEXT, Served.MEBIBYTE, 0)) {
      FunctionRunnerServiceBlockingStub stub = served.stub();

      assertThat(stub.runFunction(withCreationTime()).getResults(0).getMessage())
          .contains("the clock is broken");
      assertAnswered(stub, Requests.twoMembers().build());
    }
  }

  @Test
  void aStackThatOverflowsEndsOneCallAndIsToldToo() throws IOException {
    InstantSource broken =
        () -> {
          throw new StackOverflowError("too deep");
        };
    try (Served served = Served.with(broken, PLAINTEXT, Served.MEBIBYTE, 0)) {
      FunctionRunnerServiceBlockingStub stub = served.stub();

      assertThat(stub.runFunction(withCreationTime()).getResults(0).getMessage())
          .contains("too deep");
      assertAnswered(stub, Requests.twoMembers().build());
    }
  }

  @Test
  void saysThatItIsHealthy() throws IOException {
    try (Served served = Served.with(PLAINTEXT)) {
      var health = HealthGrpc.newBlockingStub(served.plaintext());

      for (String service : List.of("", FunctionRunnerServiceGrpc.SERVICE_NAME)) {
        HealthCheckRequest request = HealthCheckRequest.newBuilder().setService(service).build();
        assertThat(health.check(request).getStatus()).isEqualTo(ServingStatus.SERVING);
      }
    }
  }

  @Test
  void listsItsServicesByReflection() throws Exception {
    CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
    try (Served served = Served.with(PLAINTEXT)) {
      StreamObserver<ServerReflectionRequest> requests =
          ServerReflectionGrpc.newStub(served.plaintext()).serverReflectionInfo(first(answer));
      requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());

      assertThat(answer.get(10, TimeUnit.SECONDS).getListServicesResponse().getServiceList())
          .extracting(service -> service.getName())
          .contains("apiextensions.fn.proto.v1.FunctionRunnerService", "grpc.health.v1.Health");
      requests.onCompleted();
    }
  }

  @Test
  void countsCalls() throws Exception {
    int port = freePort();
    try (Served served = Served.with(InstantSource.system(), PLAINTEXT, Served.MEBIBYTE, port)) {
      assertAnswered(served.stub(), Requests.twoMembers().build());

      assertThat(get("http://localhost:" + port + "/metrics"))
          .contains("function_fleet_backup_calls_total{severity=\"normal\"} 1.0")
          .contains("function_fleet_backup_call_seconds_count 1")
          .contains("jvm_memory_used_bytes");
    }
  }

  @Test
  void aTakenMetricsPortIsTold() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      int port = taken.getLocalPort();

      assertThatThrownBy(
              () -> Served.with(InstantSource.system(), PLAINTEXT, Served.MEBIBYTE, port))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("metrics on port " + port);
    }
  }

  @Test
  void letsARunningCallEndBeforeItStops() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    InstantSource slow =
        () -> {
          begun.countDown();
          awaitUninterruptibly(mayEnd);
          return Instant.EPOCH;
        };
    try (Served served = Served.with(slow, PLAINTEXT, Served.MEBIBYTE, 0);
        ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      FunctionRunnerServiceBlockingStub stub = served.stub();
      var answer = others.submit(() -> stub.runFunction(withCreationTime()));
      begun.await();
      // Its own call must end too, or the server would wait for that one.
      Context.CancellableContext watching = Context.current().withCancellation();
      Iterator<HealthCheckResponse> states = watching.call(() -> health(served.plaintext()));
      assertThat(states.next().getStatus()).isEqualTo(ServingStatus.SERVING);

      Future<?> stopped = others.submit(served::stop);

      assertThat(states.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
      watching.cancel(null);
      assertThat(stopped.isDone()).isFalse();
      mayEnd.countDown();
      assertThat(answer.get(10, TimeUnit.SECONDS).getConditionsList()).hasSize(3);
      stopped.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void asManyCallsAreAnsweredAtOnceAsThereAreThreadsAndHealthIsToldMeanwhile() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(CallThreads.count());
    CountDownLatch mayEnd = new CountDownLatch(1);
    InstantSource slow =
        () -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          begun.countDown();
          awaitUninterruptibly(mayEnd);
          running.decrementAndGet();
          return Instant.EPOCH;
        };
    try (Served served = Served.with(slow, PLAINTEXT, Served.MEBIBYTE, 0);
        ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      FunctionRunnerServiceBlockingStub stub = served.stub();
      List<Future<RunFunctionResponse>> answers =
          IntStream.range(0, 4 * CallThreads.MOST)
              .mapToObj(_ -> others.submit(() -> stub.runFunction(withCreationTime())))
              .toList();
      begun.await();

      assertThat(
              HealthGrpc.newBlockingStub(served.plaintext())
                  .check(HealthCheckRequest.getDefaultInstance())
                  .getStatus())
          .isEqualTo(ServingStatus.SERVING);
      mayEnd.countDown();
      for (Future<RunFunctionResponse> answer : answers) {
        assertThat(answer.get(30, TimeUnit.SECONDS).getConditionsList()).hasSize(3);
      }
      assertThat(most).hasValue(CallThreads.count());
    }
  }

  private static Iterator<HealthCheckResponse> health(Channel channel) {
    return HealthGrpc.newBlockingStub(channel).watch(HealthCheckRequest.getDefaultInstance());
  }

  private static void assertAnswered(
      FunctionRunnerServiceBlockingStub stub, RunFunctionRequest request) {
    assertThat(stub.runFunction(request).getDesired().getResourcesMap()).hasSize(4);
  }

  private static RunFunctionRequest large(int bytes) {
    Struct padding =
        Struct.newBuilder()
            .putFields("padding", Value.newBuilder().setStringValue("x".repeat(bytes)).build())
            .build();
    return Requests.twoMembers().setInput(padding.toByteString()).build();
  }

  /** A request that needs the clock. */
  private static RunFunctionRequest withCreationTime() {
    RunFunctionRequest.Builder request = Requests.twoMembers();
    Struct metadata =
        Requests.struct("{namespace: a, name: b, creationTimestamp: '2026-01-01T00:00:00Z'}");
    Struct claim =
        Requests.claim("europe").toBuilder()
            .putFields("metadata", Value.newBuilder().setStructValue(metadata).build())
            .build();
    request.getObservedBuilder().setComposite(Requests.resource(claim));
    return request.build();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String get(String url) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
          .body();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static <T> StreamObserver<T> first(CompletableFuture<T> answer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(T value) {
        answer.complete(value);
      }

      @Override
      public void onError(Throwable error) {
        answer.completeExceptionally(error);
      }

      @Override
      public void onCompleted() {
        answer.completeExceptionally(new AssertionError("ended without an answer"));
      }
    };
  }
}
