package dev.kurator.backup.function.wire.struct;

import java.util.ArrayList;
import java.util.List;

/** A value of a Struct, still in its bytes. */
final class StructValue {

  /** ListValue: {@code repeated Value values = 1}. */
  static final int ITEM = (1 << 3) | Cursor.LENGTH_DELIMITED;

  private final Kind kind;
  private final byte[] bytes;
  private final int from;
  private final int to;
  private final long bits;

  private StructValue(Kind kind, byte[] bytes, int from, int to, long bits) {
    this.kind = kind;
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.bits = bits;
  }

  /** Reads a google.protobuf.Value; one that holds nothing is null, as in protobuf's own JSON. */
  static StructValue read(byte[] bytes, int from, int to) throws MalformedException {
    Kind kind = Kind.Null;
    int contentFrom = from;
    int contentTo = from;
    long bits = 0;
    Cursor cursor = new Cursor(bytes, from, to);
    while (cursor.hasMore()) {
      int tag = cursor.tag();
      if (!Kind.isField(tag)) {
        cursor.skip(tag);
        continue;
      }
      kind = Kind.of(tag);
      switch (kind) {
        case Null, Flag -> bits = cursor.varint();
        case Number -> bits = cursor.fixed64();
        case Text, Struct, List -> {
          contentFrom = cursor.skipDelimited();
          contentTo = cursor.at();
        }
      }
    }
    return new StructValue(kind, bytes, contentFrom, contentTo, bits);
  }

  Kind kind() {
    return kind;
  }

  boolean isNull() {
    return kind == Kind.Null;
  }

  String text() throws MalformedException {
    require(Kind.Text);
    return Cursor.text(bytes, from, to);
  }

  boolean flag() throws MalformedException {
    require(Kind.Flag);
    return bits != 0;
  }

  double number() throws MalformedException {
    require(Kind.Number);
    return Double.longBitsToDouble(bits);
  }

  StructBytes struct() throws MalformedException {
    require(Kind.Struct);
    return new StructBytes(bytes, from, to);
  }

  List<StructValue> items() throws MalformedException {
    require(Kind.List);
    List<StructValue> items = new ArrayList<>();
    Cursor cursor = new Cursor(bytes, from, to);
    while (cursor.hasMore()) {
      int tag = cursor.tag();
      if (tag == ITEM) {
        int item = cursor.skipDelimited();
        items.add(read(bytes, item, cursor.at()));
      } else {
        cursor.skip(tag);
      }
    }
    return items;
  }

  private void require(Kind wanted) throws MalformedException {
    if (kind != wanted) {
      throw new MalformedException("must be " + wanted + ", not " + kind);
    }
  }
}
