package dev.kurator.backup.function.wire;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;

/** Crossplane's mutual TLS: whoever calls must show a certificate of its authority. */
final class Tls {

  private Tls() {}

  static SslContext serverContext(Path folder) throws IOException {
    X509Certificate[] chain =
        PemFiles.certificates(folder.resolve("tls.crt")).toArray(X509Certificate[]::new);
    X509Certificate[] authorities =
        PemFiles.certificates(folder.resolve("ca.crt")).toArray(X509Certificate[]::new);
    SslContextBuilder builder =
        SslContextBuilder.forServer(PemFiles.key(folder.resolve("tls.key")), chain)
            .trustManager(authorities)
            .clientAuth(ClientAuth.REQUIRE)
            .protocols("TLSv1.3", "TLSv1.2");
    // The JDK's own TLS needs no native library, hence no writable folder to unpack one.
    return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
  }
}
