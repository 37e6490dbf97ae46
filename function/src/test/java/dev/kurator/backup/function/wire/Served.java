package dev.kurator.backup.function.wire;

import dev.kurator.backup.function.wire.ServerOptions.Transport;
import dev.kurator.crossplane.fn.v1.FunctionRunnerServiceGrpc;
import dev.kurator.crossplane.fn.v1.FunctionRunnerServiceGrpc.FunctionRunnerServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A server on a free port of this machine, and connections to it; all closed together. */
final class Served implements AutoCloseable {

  static final int MEBIBYTE = 1024 * 1024;

  private final FunctionServer server;
  private final List<ManagedChannel> channels = new ArrayList<>();

  private Served(FunctionServer server) {
    this.server = server;
  }

  static Served with(Transport transport) throws IOException {
    return with(InstantSource.system(), transport, MEBIBYTE, 0);
  }

  static Served with(InstantSource clock, Transport transport, int maxBytes, int metricsPort)
      throws IOException {
    return new Served(
        FunctionServer.start(
            new Runner(clock),
            new ServerOptions(
                new HostPort("localhost", 0),
                transport,
                maxBytes,
                new HostPort("localhost", metricsPort),
                Duration.ofSeconds(10))));
  }

  int port() {
    return server.port();
  }

  /** Stops the server as SIGTERM does. */
  void stop() {
    server.close();
  }

  ManagedChannel plaintext() {
    return opened(builder().usePlaintext());
  }

  FunctionRunnerServiceBlockingStub stub() {
    return FunctionRunnerServiceGrpc.newBlockingStub(plaintext());
  }

  /** A caller that trusts an authority and may show certificates of its own. */
  FunctionRunnerServiceBlockingStub stub(Path authority, Optional<Path> own) throws IOException {
    SslContextBuilder tls =
        SslContextBuilder.forClient()
            .trustManager(
                PemFiles.certificates(authority.resolve("ca.crt")).toArray(X509Certificate[]::new));
    if (own.isPresent()) {
      tls.keyManager(
          PemFiles.key(own.get().resolve("tls.key")),
          PemFiles.certificates(own.get().resolve("tls.crt")));
    }
    return FunctionRunnerServiceGrpc.newBlockingStub(
        opened(builder().sslContext(GrpcSslContexts.configure(tls, SslProvider.JDK).build())));
  }

  private NettyChannelBuilder builder() {
    return NettyChannelBuilder.forAddress("localhost", port());
  }

  private ManagedChannel opened(NettyChannelBuilder builder) {
    ManagedChannel channel = builder.build();
    channels.add(channel);
    return channel;
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    server.close();
  }
}
