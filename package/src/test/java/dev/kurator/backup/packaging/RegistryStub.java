package dev.kurator.backup.packaging;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** As much of the registry protocol as a push needs, on this machine's loopback. */
final class RegistryStub implements AutoCloseable {

  final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
  final AtomicInteger uploads = new AtomicInteger();
  private volatile byte[] uploading = {};
  private final HttpServer server;

  static {
    // Pushes try HTTPS first; without a limit this server waits for ever for the rest of the
    // "request line" that a TLS greeting looks like.
    System.setProperty("sun.net.httpserver.maxReqTime", "1");
    System.setProperty("sun.net.httpserver.timerMillis", "100");
  }

  RegistryStub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v2/", this::handle);
    server.start();
  }

  /** Host and port. */
  String name() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** The manifest at a path below the host. */
  byte[] manifest(String path) {
    return Objects.requireNonNull(manifests.get(path), path);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String last = path.substring(path.lastIndexOf('/') + 1);
      byte[] body = exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(answer(exchange, path, last, body), -1);
    }
  }

  private int answer(HttpExchange exchange, String path, String last, byte[] body) {
    if (path.equals("/v2/")) {
      return 200;
    }
    return switch (exchange.getRequestMethod()) {
      case "HEAD" -> found(exchange, blobs.get(last));
      case "POST" -> {
        uploads.incrementAndGet();
        yield located(exchange, path);
      }
      case "PATCH" -> {
        uploading = body;
        yield located(exchange, path);
      }
      case "PUT" -> {
        boolean manifest = path.contains("/manifests/");
        String query = exchange.getRequestURI().getQuery();
        Map<String, byte[]> target = manifest ? manifests : blobs;
        target.put(manifest ? path : query.replace("digest=", ""), manifest ? body : uploading);
        yield 201;
      }
      default -> 405;
    };
  }

  private static int found(HttpExchange exchange, byte @Nullable [] blob) {
    if (blob == null) {
      return 404;
    }
    exchange.getResponseHeaders().set("Content-Length", String.valueOf(blob.length));
    return 200;
  }

  private int located(HttpExchange exchange, String path) {
    String location = "http://" + name() + path.replaceAll("/uploads/.*", "/uploads/1");
    exchange.getResponseHeaders().set("Location", location);
    return 202;
  }
}
