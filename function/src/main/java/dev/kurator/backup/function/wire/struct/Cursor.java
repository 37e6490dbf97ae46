package dev.kurator.backup.function.wire.struct;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads protobuf's wire format from a part of an array, and never beyond it. */
final class Cursor {

  /** Wire types (protobuf.dev, Encoding). */
  static final int VARINT = 0;

  static final int FIXED64 = 1;
  static final int LENGTH_DELIMITED = 2;
  static final int FIXED32 = 5;

  private static final VarHandle LITTLE_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int LONGEST_VARINT = 10;

  private final byte[] bytes;
  private int at;
  private final int end;

  Cursor(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  boolean hasMore() {
    return at < end;
  }

  /** Where the next byte is. */
  int at() {
    return at;
  }

  /** The next field's number and wire type, as {@code number << 3 | type}. */
  int tag() throws MalformedException {
    long tag = varint();
    if (tag >>> 3 == 0 || tag >>> 32 != 0) {
      throw new MalformedException("not a protobuf message");
    }
    return (int) tag;
  }

  long varint() throws MalformedException {
    if (at < end && bytes[at] >= 0) {
      return bytes[at++];
    }
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT; i++) {
      require(1);
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << (7 * i);
      if (next >= 0) {
        return value;
      }
    }
    throw new MalformedException("a number that never ends");
  }

  long fixed64() throws MalformedException {
    require(Long.BYTES);
    long value = (long) LITTLE_ENDIAN.get(bytes, at);
    at += Long.BYTES;
    return value;
  }

  /** Steps over a length and what it measures; returns where that began, {@link #at} its end. */
  int skipDelimited() throws MalformedException {
    long length = varint();
    if (length < 0 || length > end - at) {
      throw new MalformedException("cut off");
    }
    int from = at;
    at += (int) length;
    return from;
  }

  /** Steps over a field that is not asked for. */
  void skip(int tag) throws MalformedException {
    switch (tag & 7) {
      case VARINT -> varint();
      case FIXED64 -> fixed64();
      case LENGTH_DELIMITED -> skipDelimited();
      case FIXED32 -> {
        require(Integer.BYTES);
        at += Integer.BYTES;
      }
      default -> throw new MalformedException("not a protobuf message");
    }
  }

  /** The text between two places; UTF-8, as protobuf demands. */
  static String text(byte[] bytes, int from, int to) throws MalformedException {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    // Decoding puts this character for what is no UTF-8; the bytes may also say it themselves.
    if (text.indexOf('\uFFFD') >= 0
        && !Arrays.equals(
            text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(bytes, from, to))) {
      throw new MalformedException("a text that is no UTF-8");
    }
    return text;
  }

  private void require(int length) throws MalformedException {
    if (length > end - at) {
      throw new MalformedException("cut off");
    }
  }
}
