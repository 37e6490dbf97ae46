package dev.kurator.backup.function.wire;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How to serve.
 *
 * @param address host and port; an empty host means every interface, port 0 any free one
 * @param transport with TLS or without
 * @param maxReceiveBytes largest request that is read
 * @param metricsAddress host and port of Prometheus metrics; port 0 means none
 * @param drain how long a stopping server lets running calls end
 */
public record ServerOptions(
    HostPort address,
    Transport transport,
    int maxReceiveBytes,
    HostPort metricsAddress,
    Duration drain) {

  /** How connections are protected. */
  public sealed interface Transport {

    /** Not at all. */
    record Plaintext() implements Transport {}

    /**
     * By mutual TLS.
     *
     * @param certificates folder with tls.crt, tls.key and ca.crt
     */
    record MutualTls(Path certificates) implements Transport {}
  }
}
