package dev.kurator.backup.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.kurator.backup.function.wire.Runner;
import dev.kurator.crossplane.fn.v1.RunFunctionRequest;
import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One call in one thread: bytes in, bytes out, and its three parts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow"})
public class FunctionBenchmark {

  private final Runner function =
      new Runner(InstantSource.fixed(Instant.parse("2026-11-22T12:10:00Z")));

  /** Members of the fleet; each has one VeleroInstall and three VeleroBackups. */
  @Param("100")
  private int members;

  private byte[] bytes = {};
  private RunFunctionRequest request = RunFunctionRequest.getDefaultInstance();
  private RunFunctionResponse response = RunFunctionResponse.getDefaultInstance();

  /** Makes the request once. */
  @Setup
  public void prepare() {
    request = Fleet.busy(members);
    bytes = request.toByteArray();
    response = function.run(request);
    System.out.printf(
        "%d resources observed, request %d kB, response %d kB%n",
        request.getObserved().getResourcesCount(),
        bytes.length / 1000,
        response.getSerializedSize() / 1000);
  }

  /** All that happens between gRPC's two buffers. */
  @Benchmark
  public byte[] call() throws InvalidProtocolBufferException {
    return function.run(RunFunctionRequest.parseFrom(bytes)).toByteArray();
  }

  /** Protobuf alone: reading the request. */
  @Benchmark
  public RunFunctionRequest parse() throws InvalidProtocolBufferException {
    return RunFunctionRequest.parseFrom(bytes);
  }

  /** The function alone: from message to message. */
  @Benchmark
  public RunFunctionResponse answer() {
    return function.run(request);
  }

  /** Protobuf alone: writing the response. */
  @Benchmark
  public byte[] serialize() {
    return response.toByteArray();
  }
}
