package dev.kurator.backup.function.wire.struct;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the array out of a ByteString, which nobody changes; a copy would be a copy per object. */
final class Unwrapped extends ByteOutput {

  private byte[] bytes = {};
  private int from;
  private int to;
  private int parts;

  private Unwrapped() {}

  static StructBytes of(ByteString string) {
    Unwrapped taken = new Unwrapped();
    try {
      UnsafeByteOperations.unsafeWriteTo(string, taken);
    } catch (IOException e) {
      throw new IllegalStateException("nothing is written anywhere", e);
    }
    if (taken.parts > 1) {
      byte[] copy = string.toByteArray();
      return new StructBytes(copy, 0, copy.length);
    }
    return new StructBytes(taken.bytes, taken.from, taken.to);
  }

  @Override
  public void writeLazy(byte[] value, int offset, int length) {
    bytes = value;
    from = offset;
    to = offset + length;
    parts++;
  }

  /** Counts only: such a part makes {@link #of} copy. */
  @Override
  public void writeLazy(ByteBuffer value) {
    parts = 2;
  }

  @Override
  public void write(byte value) {
    parts = 2;
  }

  @Override
  public void write(byte[] value, int offset, int length) {
    writeLazy(value, offset, length);
  }

  @Override
  public void write(ByteBuffer value) {
    parts = 2;
  }
}
