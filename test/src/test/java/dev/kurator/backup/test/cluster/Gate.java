package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the provider and an API server. Reads and watches pass; a {@link Keeper} decides
 * what becomes of writes.
 */
final class Gate implements AutoCloseable {

  private static final String UNAVAILABLE =
      "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";

  private final GateKeys keys;
  private final ServerSocket server;
  private final SSLSocketFactory upstream;
  private final URI target;
  private volatile Keeper keeper = Keeper.OPEN;

  private Gate(GateKeys keys, ServerSocket server, SSLSocketFactory upstream, URI target) {
    this.keys = keys;
    this.server = server;
    this.upstream = upstream;
    this.target = target;
  }

  /**
   * Opens a gate on this machine.
   *
   * @param kubeconfig of the API server behind it; who comes through has these rights
   */
  static Gate open(String kubeconfig) {
    try {
      Config config = Config.fromKubeconfig(kubeconfig);
      GateKeys keys = GateKeys.make();
      ServerSocket server =
          keys.context()
              .getServerSocketFactory()
              .createServerSocket(0, 0, InetAddress.getLoopbackAddress());
      Gate gate =
          new Gate(
              keys,
              server,
              SSLUtils.sslContext(config).getSocketFactory(),
              URI.create(config.getMasterUrl()));
      Thread.ofVirtual().start(gate::listen);
      return gate;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no TLS for the gate", e);
    }
  }

  /** Who decides from now on. */
  void keeper(Keeper keeper) {
    this.keeper = keeper;
  }

  /** A kubeconfig that leads through the gate; the API server does not need its token. */
  String kubeconfig() {
    return """
    apiVersion: v1
    kind: Config
    clusters:
    - name: gate
      cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}
    users: [{name: gate, user: {token: %s}}]
    contexts: [{name: gate, context: {cluster: gate, user: gate}}]
    current-context: gate
    """
        .formatted(server.getLocalPort(), keys.certificate(), Planting.GATE_TOKEN);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void listen() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> cross(client));
      } catch (IOException e) {
        // closed, or one client that went away
      }
    }
  }

  private void cross(Socket client) {
    try (client;
        Socket api = upstream.createSocket(target.getHost(), target.getPort())) {
      AtomicReference<@Nullable Write> doomed = new AtomicReference<>();
      Thread.ofVirtual().start(() -> answers(client, api, doomed));
      InputStream in = new BufferedInputStream(client.getInputStream());
      OutputStream out = api.getOutputStream();
      for (HttpRequest next = HttpRequest.read(in); next != null; next = HttpRequest.read(in)) {
        if (!forward(next, client, out, doomed)) {
          return;
        }
        if (next.upgrades()) {
          in.transferTo(out);
        }
      }
    } catch (IOException e) {
      // a connection that ends is what this is for
    }
  }

  /** Whether the connection goes on. */
  private boolean forward(
      HttpRequest request, Socket client, OutputStream out, AtomicReference<@Nullable Write> doomed)
      throws IOException {
    if (request.isWrite()) {
      Write write = Write.of(request.method(), request.path());
      switch (keeper.fate(write)) {
        case PASSES -> {}
        case ANSWER_IS_LOST -> doomed.set(write);
        case NEVER_ARRIVES -> {
          return false;
        }
        case REFUSED -> {
          client.getOutputStream().write(UNAVAILABLE.getBytes(StandardCharsets.US_ASCII));
          return true;
        }
      }
    }
    out.write(request.bytes());
    out.flush();
    return true;
  }

  /** A connection carries one request at a time, so what comes first is the answer to the last. */
  private void answers(Socket client, Socket api, AtomicReference<@Nullable Write> doomed) {
    byte[] buffer = new byte[1 << 14];
    try (client;
        api) {
      InputStream in = api.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        Write write = doomed.getAndSet(null);
        if (write != null && succeeded(buffer, read)) {
          keeper.done(write);
          return;
        }
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException e) {
      // a connection that ends is what this is for
    }
  }

  /** What the API server did not do was no write. */
  private static boolean succeeded(byte[] answer, int length) {
    return new String(answer, 0, length, StandardCharsets.ISO_8859_1).startsWith("HTTP/1.1 2");
  }
}
