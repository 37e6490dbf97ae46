package dev.kurator.backup.function;

import dev.kurator.backup.function.offline.RenderCommand;
import dev.kurator.backup.function.wire.FirstCall;
import dev.kurator.backup.function.wire.FunctionServer;
import dev.kurator.backup.function.wire.HostPort;
import dev.kurator.backup.function.wire.Runner;
import dev.kurator.backup.function.wire.ServerOptions;
import dev.kurator.backup.function.wire.ServerOptions.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program: serves the function, or with {@code render} shows a claim's plan offline. */
@Command(
    name = "function-fleet-backup",
    description =
        "Composition function of Backup, Restore and Migrate: serves Crossplane, or renders"
            + " offline.",
    mixinStandardHelpOptions = true,
    version = "function-fleet-backup 0.1.0",
    subcommands = RenderCommand.class)
public final class Main implements Callable<Integer> {

  private static final int MEBIBYTE = 1024 * 1024;
  private static final int MAX_MEBIBYTES = 2047;

  /** Within the 30 s that Kubernetes gives a pod to end. */
  private static final Duration DRAIN = Duration.ofSeconds(25);

  @Option(names = "--debug", description = "Log every call: keys, never contents.")
  private boolean debug;

  @Option(names = "--insecure", description = "Serve without TLS; wins over --tls-certs-dir.")
  private boolean insecure;

  @Option(
      names = "--tls-certs-dir",
      defaultValue = "${env:TLS_SERVER_CERTS_DIR}",
      description = "Folder with tls.crt, tls.key and ca.crt (env TLS_SERVER_CERTS_DIR).")
  private @Nullable Path tlsCertsDir;

  @Option(
      names = "--address",
      defaultValue = ":9443",
      description = "Where to serve gRPC (default ${DEFAULT-VALUE}).")
  private String address = ":9443";

  @Option(
      names = "--max-recv-message-size",
      defaultValue = "64",
      description = "Largest request in MiB (default ${DEFAULT-VALUE}).")
  private int maxReceiveMebibytes = 64;

  @Option(
      names = "--metrics-address",
      defaultValue = ":8080",
      description = "Where to serve Prometheus metrics, 0 for nowhere (default ${DEFAULT-VALUE}).")
  private String metricsAddress = ":8080";

  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  /** Runs the program and ends with its exit code: 0 well, 1 failed, 2 used wrongly. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main());
  }

  @Override
  public Integer call() throws InterruptedException {
    if (debug) {
      // Read once, when the first logger is made.
      System.setProperty("org.slf4j.simpleLogger.log.dev.kurator", "debug");
    }
    Thread.ofPlatform().daemon().name("first-call").start(FirstCall::make);
    try (FunctionServer server =
        FunctionServer.start(new Runner(InstantSource.system()), options())) {
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "drain"));
      server.awaitTermination();
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println("cannot serve: " + e.getMessage());
      return 1;
    }
  }

  private ServerOptions options() {
    if (maxReceiveMebibytes < 1 || maxReceiveMebibytes > MAX_MEBIBYTES) {
      throw new ParameterException(
          spec.commandLine(), "--max-recv-message-size must be 1 to " + MAX_MEBIBYTES);
    }
    try {
      return new ServerOptions(
          HostPort.parse(address),
          transport(),
          maxReceiveMebibytes * MEBIBYTE,
          HostPort.parse(metricsAddress),
          DRAIN);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Transport transport() {
    if (insecure) {
      return new Transport.Plaintext();
    }
    if (tlsCertsDir == null) {
      throw new ParameterException(
          spec.commandLine(),
          "name the TLS certificates with --tls-certs-dir or TLS_SERVER_CERTS_DIR, or serve with"
              + " --insecure");
    }
    return new Transport.MutualTls(tlsCertsDir);
  }
}
