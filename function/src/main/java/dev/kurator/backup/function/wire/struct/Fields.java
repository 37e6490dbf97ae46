package dev.kurator.backup.function.wire.struct;

import java.util.Arrays;

/** Goes through the fields of a Struct in the order of its bytes. */
final class Fields {

  /** Struct: {@code map<string, Value> fields = 1}, whose entries are messages of key and value. */
  static final int ENTRY = (1 << 3) | Cursor.LENGTH_DELIMITED;

  static final int NAME = (1 << 3) | Cursor.LENGTH_DELIMITED;
  static final int VALUE = (2 << 3) | Cursor.LENGTH_DELIMITED;

  private final byte[] bytes;
  private final Cursor entries;
  private int entryFrom;
  private int nameFrom;
  private int nameTo;
  private int valueFrom;
  private int valueTo;

  Fields(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.entries = new Cursor(bytes, from, to);
  }

  /** Goes to the next field; false when there is none. */
  boolean next() throws MalformedException {
    while (entries.hasMore()) {
      entryFrom = entries.at();
      int tag = entries.tag();
      if (tag == ENTRY) {
        readEntry(entries.skipDelimited(), entries.at());
        return true;
      }
      entries.skip(tag);
    }
    return false;
  }

  private void readEntry(int from, int to) throws MalformedException {
    nameFrom = nameTo = valueFrom = valueTo = from;
    Cursor entry = new Cursor(bytes, from, to);
    while (entry.hasMore()) {
      int tag = entry.tag();
      if (tag == NAME) {
        nameFrom = entry.skipDelimited();
        nameTo = entry.at();
      } else if (tag == VALUE) {
        valueFrom = entry.skipDelimited();
        valueTo = entry.at();
      } else {
        entry.skip(tag);
      }
    }
  }

  String name() throws MalformedException {
    return Cursor.text(bytes, nameFrom, nameTo);
  }

  /** Whether the name is this ASCII text, without making a text of it. */
  boolean isNamed(String ascii) {
    int length = nameTo - nameFrom;
    if (ascii.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[nameFrom + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the name has these bytes. */
  boolean isNamed(byte[] utf8) {
    return Arrays.equals(bytes, nameFrom, nameTo, utf8, 0, utf8.length);
  }

  StructValue value() throws MalformedException {
    return StructValue.read(bytes, valueFrom, valueTo);
  }

  /** The whole field as it lies in its Struct, tag and length included. */
  StructBytes raw() {
    return new StructBytes(bytes, entryFrom, entries.at());
  }
}
