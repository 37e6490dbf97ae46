package dev.kurator.backup.bench;

import dev.kurator.crossplane.fn.v1.FunctionRunnerServiceGrpc;
import dev.kurator.crossplane.fn.v1.FunctionRunnerServiceGrpc.FunctionRunnerServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The program in a process of its own, started as in its image, and a connection as Crossplane's.
 */
final class Served implements AutoCloseable {

  /** Crossplane's own limit is larger; what matters is that it does not end the run. */
  private static final int MAX_BYTES = 64 * 1024 * 1024;

  private static final long MILLISECOND = 1_000_000;

  private final Process process;
  private final ManagedChannel channel;
  private final long started;

  private Served(Process process, ManagedChannel channel, long started) {
    this.process = process;
    this.channel = channel;
    this.started = started;
  }

  /**
   * Starts the program.
   *
   * @param jar function-0.1.0.jar with its lib folder beside it
   * @param options file with options of the JVM, as the image has one
   */
  static Served start(Path jar, Path options) throws IOException {
    Path keys = Files.createTempDirectory("keys");
    Keys.write(keys);
    int port = freePort();
    List<String> command =
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "@" + options,
            "-jar",
            jar.toString(),
            "--address=localhost:" + port,
            "--metrics-address=0",
            "--tls-certs-dir=" + keys);
    ProcessBuilder program =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    program.environment().put("MALLOC_ARENA_MAX", "2");
    long started = System.nanoTime();
    Process process = program.start();
    var credentials =
        TlsChannelCredentials.newBuilder()
            .keyManager(keys.resolve("tls.crt").toFile(), keys.resolve("tls.key").toFile())
            .trustManager(keys.resolve("ca.crt").toFile())
            .build();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port, credentials)
            .maxInboundMessageSize(MAX_BYTES)
            .build();
    awaitPort(port, process);
    return new Served(process, channel, started);
  }

  FunctionRunnerServiceBlockingStub stub() {
    return FunctionRunnerServiceGrpc.newBlockingStub(channel);
  }

  /** Milliseconds since the process was started. */
  double age() {
    return (System.nanoTime() - started) / 1e6;
  }

  /** Resident memory in MiB, as Linux counts it. */
  double resident() throws IOException {
    return memory("VmRSS:");
  }

  /** The most that was resident so far, in MiB. */
  double peak() throws IOException {
    return memory("VmHWM:");
  }

  /** Seconds of processor time that it has taken so far. */
  double processorTime() {
    return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L) / 1e3;
  }

  private double memory(String figure) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", process.pid() + "", "status"))) {
      if (line.startsWith(figure)) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
      }
    }
    throw new IOException("the process has no " + figure);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    process.destroy();
    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }

  /** gRPC's own pauses between two tries grow beyond what is to be measured. */
  private static void awaitPort(int port, Process process) throws IOException {
    while (process.isAlive()) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("localhost", port));
        return;
      } catch (ConnectException e) {
        LockSupport.parkNanos(MILLISECOND);
      }
    }
    throw new IOException("the program ended at once, with " + process.exitValue());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
