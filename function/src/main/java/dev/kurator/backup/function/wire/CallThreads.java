package dev.kurator.backup.function.wire;

import dev.kurator.crossplane.fn.v1.FunctionRunnerServiceGrpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which calls of the function are decoded, answered and encoded, one call each.
 *
 * <p>A call needs a processor from its first to its last byte, and several times the memory of its
 * request. So there are as many threads as processors: more at once would be answered no earlier,
 * and all be in memory together. Further calls wait as the bytes that came over the wire.
 *
 * <p>Health and reflection have gRPC's own threads, so that they are answered meanwhile.
 */
final class CallThreads implements ServerCallExecutorSupplier, AutoCloseable {

  /** On a large machine memory is the limit: each thread may hold one of the largest claims. */
  static final int MOST = 4;

  private final ExecutorService threads;

  CallThreads() {
    threads = Executors.newFixedThreadPool(count(), Thread.ofPlatform().name("call-", 0).factory());
  }

  /** How many calls are answered at once. */
  static int count() {
    return Math.min(Runtime.getRuntime().availableProcessors(), MOST);
  }

  /** Null leaves a call to the server's default executor. */
  @Override
  public <Q, R> @Nullable Executor getExecutor(ServerCall<Q, R> call, Metadata metadata) {
    return call.getMethodDescriptor()
            .getFullMethodName()
            .equals(FunctionRunnerServiceGrpc.getRunFunctionMethod().getFullMethodName())
        ? threads
        : null;
  }

  /** Lets running calls end. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
