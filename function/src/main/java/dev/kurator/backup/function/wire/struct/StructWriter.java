package dev.kurator.backup.function.wire.struct;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes google.protobuf.Struct from its end to its beginning: what comes before a part is its
 * length, which is known only once the part is written. So fields come last first, and within a
 * field the value before the name.
 */
public final class StructWriter {

  private static final Codec TEXTS = new MapCodec(PlainCodec.Text);

  private byte[] buffer = new byte[4096];
  private int at = buffer.length;

  /** What has been written, from its beginning; the writer is empty again. */
  public ByteString take() {
    ByteString taken = ByteString.copyFrom(buffer, at, buffer.length - at);
    at = buffer.length;
    return taken;
  }

  /** The end of something that is about to be written. */
  public int mark() {
    return buffer.length - at;
  }

  /** Writes a record's fields, as the content of a Struct. */
  public void fields(Record value) {
    RecordCodec.of(value.getClass()).writeFields(value, this);
  }

  /** Writes a record as a field. */
  public void field(String name, Record value) {
    int end = mark();
    RecordCodec.of(value.getClass()).write(value, this);
    field(name, end);
  }

  /** Writes texts by their keys as a field. */
  public void field(String name, Map<String, String> texts) {
    int end = mark();
    TEXTS.write(texts, this);
    field(name, end);
  }

  /** Writes texts as a field. */
  public void field(String name, List<String> texts) {
    int end = mark();
    for (String text : texts.reversed()) {
      int item = mark();
      text(text);
      item(item);
    }
    list(end);
    field(name, end);
  }

  /** Writes a text as a field. */
  public void field(String name, String text) {
    int end = mark();
    text(text);
    field(name, end);
  }

  /** Makes a field of the value that was written since a mark. */
  public void field(String name, int end) {
    field(name.getBytes(StandardCharsets.UTF_8), end);
  }

  /** The same, with the name in UTF-8. */
  void field(byte[] name, int end) {
    close(Fields.VALUE, end);
    delimited(name);
    varint(Fields.NAME);
    close(Fields.ENTRY, end);
  }

  /** Makes an object of the fields that were written since a mark. */
  public void struct(int end) {
    close(Kind.Struct.tag(), end);
  }

  /** Writes a field of an object, if it is there, with all fields in it in order of their names. */
  public void copy(StructBytes object, String name) throws MalformedException {
    copy(object, name, Map.of());
  }

  /**
   * The same with other texts in some fields of an object that is copied, where it has them.
   *
   * @param instead the texts by name of the field
   */
  public void copy(StructBytes object, String name, Map<String, String> instead)
      throws MalformedException {
    StructValue value = object.field(name);
    if (value != null) {
      int end = mark();
      if (value.kind() == Kind.Struct) {
        sorted(value.struct(), instead, 1);
      } else {
        value(value, 0);
      }
      field(name, end);
    }
  }

  private void value(StructValue value, int depth) throws MalformedException {
    if (depth > StructTree.DEEPEST) {
      throw new MalformedException("deeper than " + StructTree.DEEPEST + " levels");
    }
    switch (value.kind()) {
      case Null -> nothing();
      case Number -> number(value.number());
      case Text -> text(value.text());
      case Flag -> flag(value.flag());
      case Struct -> sorted(value.struct(), Map.of(), depth + 1);
      case List -> {
        int end = mark();
        for (StructValue item : value.items().reversed()) {
          int itemEnd = mark();
          value(item, depth + 1);
          item(itemEnd);
        }
        list(end);
      }
    }
  }

  private void sorted(StructBytes object, Map<String, String> instead, int depth)
      throws MalformedException {
    TreeMap<String, StructValue> values = new TreeMap<>();
    Fields fields = object.fields();
    while (fields.next()) {
      values.put(fields.name(), fields.value());
    }
    int end = mark();
    for (Map.Entry<String, StructValue> entry : values.descendingMap().entrySet()) {
      int fieldEnd = mark();
      String text = entry.getValue().isNull() ? null : instead.get(entry.getKey());
      if (text == null) {
        value(entry.getValue(), depth);
      } else {
        text(text);
      }
      field(entry.getKey(), fieldEnd);
    }
    struct(end);
  }

  /**
   * Writes the fields of an object as they are.
   *
   * @param without names of those that are left out
   */
  public void fields(StructBytes object, List<String> without) throws MalformedException {
    List<StructBytes> kept = new ArrayList<>();
    Fields fields = object.fields();
    while (fields.next()) {
      if (without.stream().noneMatch(fields::isNamed)) {
        kept.add(fields.raw());
      }
    }
    kept.reversed().forEach(this::raw);
  }

  private void raw(StructBytes fields) {
    int length = fields.to() - fields.from();
    reserve(length);
    at -= length;
    System.arraycopy(fields.array(), fields.from(), buffer, at, length);
  }

  /** Makes an item of the value that was written since a mark. */
  void item(int end) {
    close(StructValue.ITEM, end);
  }

  /** Makes a list of the items that were written since a mark. */
  void list(int end) {
    close(Kind.List.tag(), end);
  }

  void text(String text) {
    delimited(text.getBytes(StandardCharsets.UTF_8));
    varint(Kind.Text.tag());
  }

  void flag(boolean flag) {
    varint(flag ? 1 : 0);
    varint(Kind.Flag.tag());
  }

  void number(double number) {
    long bits = Double.doubleToRawLongBits(number);
    reserve(Long.BYTES);
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      buffer[--at] = (byte) (bits >>> (8 * i));
    }
    varint(Kind.Number.tag());
  }

  void nothing() {
    varint(0);
    varint(Kind.Null.tag());
  }

  private void close(int tag, int end) {
    varint(mark() - end);
    varint(tag);
  }

  private void delimited(byte[] utf8) {
    reserve(utf8.length);
    at -= utf8.length;
    System.arraycopy(utf8, 0, buffer, at, utf8.length);
    varint(utf8.length);
  }

  private void varint(int value) {
    if (value >>> 7 == 0) {
      reserve(1);
      buffer[--at] = (byte) value;
      return;
    }
    reserve(5);
    int size = 1;
    for (int rest = value >>> 7; rest != 0; rest >>>= 7) {
      size++;
    }
    at -= size;
    int rest = value;
    for (int i = 0; i < size; i++) {
      buffer[at + i] = (byte) (i < size - 1 ? (rest & 0x7f) | 0x80 : rest);
      rest >>>= 7;
    }
  }

  private void reserve(int bytes) {
    if (at < bytes) {
      int written = mark();
      byte[] larger = new byte[Math.max(buffer.length * 2, written + bytes)];
      System.arraycopy(buffer, at, larger, larger.length - written, written);
      at = larger.length - written;
      buffer = larger;
    }
  }
}
