package dev.kurator.backup.function.wire;

import dev.kurator.crossplane.fn.v1.FunctionRunnerServiceGrpc;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running server: the function, health, reflection and metrics. */
public final class FunctionServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FunctionServer.class);

  /** Crossplane balances over addresses it looks up anew only when it connects again. */
  private static final long MAX_CONNECTION_MINUTES = 10;

  private static final long CONNECTION_GRACE_SECONDS = 60;

  /** While one call is answered the next is received; further ones wait at the caller. */
  private static final int CALLS_PER_THREAD = 2;

  private final Server server;
  private final CallThreads threads;
  private final HealthStatusManager health;
  private final Optional<HTTPServer> metrics;
  private final Duration drain;

  private FunctionServer(
      Server server,
      CallThreads threads,
      HealthStatusManager health,
      Optional<HTTPServer> metrics,
      Duration drain) {
    this.server = server;
    this.threads = threads;
    this.health = health;
    this.metrics = metrics;
    this.drain = drain;
  }

  /**
   * Starts to serve.
   *
   * @param runner the function
   * @param options how
   * @throws IOException when a certificate is missing or unfit, or an address is taken
   */
  public static FunctionServer start(Runner runner, ServerOptions options) throws IOException {
    PrometheusRegistry registry = new PrometheusRegistry();
    HealthStatusManager health = new HealthStatusManager();
    CallThreads threads = new CallThreads();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(options.address().socket())
            .callExecutor(threads)
            .maxConcurrentCallsPerConnection(CALLS_PER_THREAD * CallThreads.count())
            .maxInboundMessageSize(options.maxReceiveBytes())
            .maxConnectionAge(MAX_CONNECTION_MINUTES, TimeUnit.MINUTES)
            .maxConnectionAgeGrace(CONNECTION_GRACE_SECONDS, TimeUnit.SECONDS)
            .addService(new FunctionService(runner, new CallMetrics(registry)))
            .addService(health.getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance());
    switch (options.transport()) {
      case ServerOptions.Transport.Plaintext _ -> LOG.warn("serving without transport security");
      case ServerOptions.Transport.MutualTls tls ->
          builder.sslContext(Tls.serverContext(tls.certificates()));
    }
    Optional<HTTPServer> metrics = MetricsEndpoint.start(options.metricsAddress(), registry);
    Server server = startOrClose(builder, metrics);
    health.setStatus(FunctionRunnerServiceGrpc.SERVICE_NAME, ServingStatus.SERVING);
    LOG.info("serving on port {}", server.getPort());
    return new FunctionServer(server, threads, health, metrics, options.drain());
  }

  private static Server startOrClose(NettyServerBuilder builder, Optional<HTTPServer> metrics)
      throws IOException {
    try {
      return builder.build().start();
    } catch (IOException e) {
      metrics.ifPresent(HTTPServer::close);
      throw e;
    }
  }

  /** The port that is served. */
  public int port() {
    return server.getPort();
  }

  /** Waits until the server has ended. */
  public void awaitTermination() throws InterruptedException {
    server.awaitTermination();
  }

  /** Takes no more calls, lets running ones end, then breaks off what still runs. */
  @Override
  public void close() {
    health.enterTerminalState();
    server.shutdown();
    try {
      if (!server.awaitTermination(drain.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("calls still running after {}, breaking them off", drain);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.shutdownNow();
    threads.close();
    metrics.ifPresent(HTTPServer::close);
  }
}
