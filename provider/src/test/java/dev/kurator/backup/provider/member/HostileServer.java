package dev.kurator.backup.provider.member;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/** An https server that answers as nobody should: each request gets what the test says. */
final class HostileServer implements AutoCloseable {

  /** Writes an answer, or never ends to. */
  @FunctionalInterface
  interface Answer {
    void write(OutputStream out, Request request) throws IOException;
  }

  record Request(String method, String path, @Nullable String webSocketKey) {
    boolean isWatch() {
      return path.contains("watch=true");
    }
  }

  private static final SSLContext TLS = tls();

  private final SSLServerSocket door;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong mostOfOne = new AtomicLong();
  private final AtomicInteger endedByClient = new AtomicInteger();
  private volatile Function<Request, Answer> answers;

  HostileServer(Function<Request, Answer> answers) throws IOException {
    this.answers = answers;
    this.door =
        (SSLServerSocket)
            TLS.getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** From here on. */
  void answers(Function<Request, Answer> now) {
    answers = now;
  }

  /** Bytes that somebody was ready to take. */
  long written() {
    return written.get();
  }

  /** The most of them over one connection. */
  long mostOfOne() {
    return mostOfOne.get();
  }

  /** How many connections the client has closed while it was answered. */
  int endedByClient() {
    return endedByClient.get();
  }

  int connections() {
    sockets.removeIf(Socket::isClosed);
    return sockets.size();
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  static Answer json(String body) {
    return answer(200, "application/json", body, "");
  }

  static Answer answer(int status, String type, String body, String header) {
    byte[] bytes = body.getBytes(UTF_8);
    return (out, request) -> {
      out.write(
          "HTTP/1.1 %d x\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s\r\n"
              .formatted(status, type, bytes.length, header)
              .getBytes(ISO_8859_1));
      out.write(bytes);
      out.flush();
    };
  }

  /** A body without end: the start, then the filling again and again. */
  static Answer endless(String start, String filling) {
    return (out, request) -> {
      out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n".getBytes(ISO_8859_1));
      out.write(start.getBytes(UTF_8));
      byte[] block = filling.repeat(65536 / filling.length()).getBytes(UTF_8);
      while (true) {
        out.write(block);
      }
    };
  }

  /** One byte after the other, each before anybody's patience ends. */
  static Answer drip(String start) {
    return (out, request) -> {
      out.write(start.getBytes(ISO_8859_1));
      while (true) {
        out.write(' ');
        out.flush();
        LockSupport.parkNanos(20_000_000);
      }
    };
  }

  /** Takes a watch and sends one event that has no end. */
  static Answer endlessEvent() {
    return (out, request) -> {
      upgrade(out, request);
      // a text of 1 GiB in one frame: less than what no client can take
      out.write(new byte[] {(byte) 0x81, 127, 0, 0, 0, 0, 0x40, 0, 0, 0});
      byte[] block = "{\"a\":".repeat(13000).getBytes(UTF_8);
      while (true) {
        out.write(block);
      }
    };
  }

  /** Takes a watch, sends an event, and then nothing. */
  static Answer event(String json) {
    return (out, request) -> {
      upgrade(out, request);
      // so long that its length takes two bytes
      byte[] bytes = (json + " ".repeat(126)).getBytes(UTF_8);
      out.write(new byte[] {(byte) 0x81, 126, (byte) (bytes.length >> 8), (byte) bytes.length});
      out.write(bytes);
      out.flush();
    };
  }

  private static void upgrade(OutputStream out, Request request) throws IOException {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest(
                  (request.webSocketKey() + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                      .getBytes(ISO_8859_1));
      out.write(
          ("HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                  + Base64.getEncoder().encodeToString(hash)
                  + "\r\n\r\n")
              .getBytes(ISO_8859_1));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        sockets.add(client);
        Thread.startVirtualThread(() -> serve(client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket client) {
    AtomicLong here = new AtomicLong();
    try (client) {
      InputStream in = client.getInputStream();
      OutputStream out = new Counted(client.getOutputStream(), written, here, mostOfOne);
      for (Request request = read(in); request != null; request = read(in)) {
        answers.apply(request).write(out, request);
      }
    } catch (IOException e) {
      // the client had enough
      endedByClient.incrementAndGet();
    }
  }

  private static @Nullable Request read(InputStream in) throws IOException {
    String first = line(in);
    if (!first.contains(" ")) {
      return null;
    }
    String key = null;
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String value = header.substring(header.indexOf(':') + 1).strip();
      if (header.regionMatches(true, 0, "sec-websocket-key:", 0, 18)) {
        key = value;
      } else if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(value);
      }
    }
    in.skipNBytes(length);
    String[] parts = first.split(" ", -1);
    return new Request(parts[0], parts[1], key);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
      if (octet != '\r') {
        line.append((char) octet);
      }
    }
    return line.toString();
  }

  private static SSLContext tls() {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(TestKeys.generate("EC").store(), TestKeys.PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Counted extends java.io.FilterOutputStream {
    private final AtomicLong written;
    private final AtomicLong here;
    private final AtomicLong mostOfOne;

    Counted(OutputStream out, AtomicLong written, AtomicLong here, AtomicLong mostOfOne) {
      super(out);
      this.written = written;
      this.here = here;
      this.mostOfOne = mostOfOne;
    }

    @Override
    public void write(byte[] bytes, int from, int many) throws IOException {
      out.write(bytes, from, many);
      written.addAndGet(many);
      mostOfOne.accumulateAndGet(here.addAndGet(many), Math::max);
    }
  }
}
