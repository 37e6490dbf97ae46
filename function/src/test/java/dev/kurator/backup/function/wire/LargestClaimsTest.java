package dev.kurator.backup.function.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.function.Main;
import dev.kurator.crossplane.fn.v1.FunctionRunnerServiceGrpc;
import dev.kurator.crossplane.fn.v1.FunctionRunnerServiceGrpc.FunctionRunnerServiceBlockingStub;
import dev.kurator.crossplane.fn.v1.RunFunctionRequest;
import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program with the options of its image, in a process of its own. */
@Timeout(300)
class LargestClaimsTest {

  private static final int CALLS = 8;
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  private static RunFunctionRequest request = RunFunctionRequest.getDefaultInstance();

  @BeforeAll
  static void prepare() {
    request = LargeFleetTest.Shape.BACKUP.over(1240, true).reconciled(2).request();
    assertThat(request.getObserved().getResourcesMap()).hasSize(2480);
  }

  /**
   * With the image's own ceiling and as many threads as there ever are; and with the heap that a
   * container of 512 MiB has.
   */
  @ParameterizedTest
  @ValueSource(strings = {"-XX:ActiveProcessorCount=4", "-XX:MaxRAM=512m"})
  void eightOfTheLargestClaimsAtOnceAreAllAnswered(String limit) throws Exception {
    int port = freePort();
    Process program = start(port, limit);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port)
            .usePlaintext()
            .maxInboundMessageSize(MOST_BYTES)
            .build();
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLS)) {
      FunctionRunnerServiceBlockingStub stub =
          FunctionRunnerServiceGrpc.newBlockingStub(channel).withWaitForReady();
      List<Future<RunFunctionResponse>> answers = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        answers.add(callers.submit(() -> stub.runFunction(request)));
      }
      for (Future<RunFunctionResponse> answer : answers) {
        assertThat(answer.get().getDesired().getResourcesMap()).hasSize(2480);
      }
      assertThat(program.isAlive()).isTrue();
    } finally {
      channel.shutdownNow();
      program.destroy();
      program.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
  }

  private static Process start(int port, String limit) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of("..", "package", "function", "java.options"),
            limit,
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "--insecure",
            "--address=localhost:" + port,
            "--metrics-address=0");
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.to(new File("target/largest-claims.log")))
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
