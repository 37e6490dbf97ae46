package dev.kurator.backup.provider.reconcile;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/** An object store with one file in it: the results of whatever is asked for. */
final class ResultStore implements AutoCloseable {

  private final HttpServer server;
  private final byte[] results;

  /** HTTP status of its answers; 0 for none at all. */
  final AtomicInteger answer = new AtomicInteger(200);

  final AtomicInteger downloads = new AtomicInteger();

  private ResultStore(HttpServer server, byte[] results) {
    this.server = server;
    this.results = results;
  }

  /** Opens it with one warning in the file, and has Velero sign URLs of it. */
  static ResultStore open(FakeVelero velero, String warning) {
    try {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      ResultStore store =
          new ResultStore(
              HttpServer.create(any, 0),
              packed(
                  "{\"errors\":{},\"warnings\":{\"namespaces\":{\"shop\":[\""
                      + warning
                      + "\"]}}}"));
      store.serve();
      velero.says(
          "DownloadRequest",
          Map.of(
              "phase",
              "Processed",
              "downloadURL",
              "http://127.0.0.1:"
                  + store.server.getAddress().getPort()
                  + "/results?signature=secret"));
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve() {
    server.createContext(
        "/",
        exchange -> {
          downloads.incrementAndGet();
          if (answer.get() > 0) {
            exchange.sendResponseHeaders(answer.get(), results.length);
            exchange.getResponseBody().write(results);
            exchange.close();
          }
        });
    server.start();
  }

  private static byte[] packed(String json) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(json.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
