package dev.kurator.backup.test.cluster;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One HTTP/1.1 request as it came over the wire. */
final class HttpRequest {

  private final List<String> head;
  private final byte[] bytes;

  private HttpRequest(List<String> head, byte[] bytes) {
    this.head = head;
    this.bytes = bytes;
  }

  /** Reads the next one; null at the end of the stream. */
  static @Nullable HttpRequest read(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<String> head = new ArrayList<>();
    for (String line = line(in, bytes); line != null; line = line(in, bytes)) {
      if (line.isEmpty()) {
        body(head, in, bytes);
        return new HttpRequest(List.copyOf(head), bytes.toByteArray());
      }
      head.add(head.isEmpty() ? line : line.toLowerCase(Locale.ROOT));
    }
    return null;
  }

  /** Such as POST. */
  String method() {
    return head.getFirst().split(" ", -1)[0];
  }

  /** With its query. */
  String path() {
    return head.getFirst().split(" ", -1)[1];
  }

  /** All of it. */
  byte[] bytes() {
    return bytes;
  }

  /** Whether it changes something. */
  boolean isWrite() {
    return List.of("POST", "PUT", "PATCH", "DELETE").contains(method());
  }

  /** Whether what follows is not HTTP any more. */
  boolean upgrades() {
    return head.stream().anyMatch(line -> line.startsWith("upgrade:"));
  }

  private static void body(List<String> head, InputStream in, ByteArrayOutputStream bytes)
      throws IOException {
    for (String line : head) {
      if (line.startsWith("content-length:")) {
        copy(in, bytes, Integer.parseInt(line.substring(15).strip()));
      }
      if (line.startsWith("transfer-encoding:")) {
        chunks(in, bytes);
      }
    }
  }

  private static void chunks(InputStream in, ByteArrayOutputStream bytes) throws IOException {
    int size;
    do {
      String line = line(in, bytes);
      if (line == null) {
        throw new EOFException("a chunk is missing");
      }
      size = Integer.parseInt(line.strip(), 16);
      copy(in, bytes, size + 2);
    } while (size > 0);
  }

  private static void copy(InputStream in, ByteArrayOutputStream bytes, int length)
      throws IOException {
    byte[] read = in.readNBytes(length);
    if (read.length < length) {
      throw new EOFException("the request ends too early");
    }
    bytes.write(read);
  }

  /** A line without its end; null at the end of the stream. */
  private static @Nullable String line(InputStream in, ByteArrayOutputStream bytes)
      throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      bytes.write(next);
      if (next == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
      }
      line.write(next);
    }
    return null;
  }
}
