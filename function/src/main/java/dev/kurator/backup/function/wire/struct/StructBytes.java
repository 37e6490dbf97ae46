package dev.kurator.backup.function.wire.struct;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object, still in the bytes of its google.protobuf.Struct. What is not asked for is not read.
 */
public final class StructBytes {

  private static final StructBytes EMPTY = new StructBytes(new byte[0], 0, 0);

  private final byte[] bytes;
  private final int from;
  private final int to;

  StructBytes(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /** An encoded Struct; whether it is one shows when it is read. */
  public static StructBytes of(ByteString struct) {
    return Unwrapped.of(struct);
  }

  Fields fields() {
    return new Fields(bytes, from, to);
  }

  byte[] array() {
    return bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** A field; absent and null are the same. Of a field that is there twice the last one counts. */
  @Nullable StructValue field(String ascii) throws MalformedException {
    StructValue found = null;
    Fields fields = fields();
    while (fields.next()) {
      if (fields.isNamed(ascii)) {
        found = fields.value();
      }
    }
    return found == null || found.isNull() ? null : found;
  }

  /** Whether a field is there and not null. */
  public boolean has(String ascii) throws MalformedException {
    return field(ascii) != null;
  }

  /** An object in this one; an empty one where there is none. */
  public StructBytes struct(String ascii) throws MalformedException {
    StructValue value = field(ascii);
    return value == null || value.kind() != Kind.Struct ? EMPTY : value.struct();
  }

  /** The objects of a list in this one; none where there is no list. */
  public List<StructBytes> structs(String ascii) throws MalformedException {
    List<StructBytes> structs = new ArrayList<>();
    for (StructValue item : items(ascii)) {
      structs.add(item.struct());
    }
    return structs;
  }

  /** The texts of a list in this one; none where there is no list. */
  public List<String> texts(String ascii) throws MalformedException {
    List<String> texts = new ArrayList<>();
    for (StructValue item : items(ascii)) {
      texts.add(item.text());
    }
    return texts;
  }

  private List<StructValue> items(String ascii) throws MalformedException {
    StructValue value = field(ascii);
    return value == null || value.kind() != Kind.List ? List.of() : value.items();
  }

  /** A text in this one; empty where there is none. */
  public String text(String ascii) throws MalformedException {
    StructValue value = field(ascii);
    return value == null || value.kind() != Kind.Text ? "" : value.text();
  }

  /**
   * Reads it as a record as far as it can be read: a field that holds something else than the
   * record's is as if it were absent.
   *
   * @param path where it is, for the message of a failure
   * @throws MalformedException when it is no Struct at all
   */
  public <T extends Record> T asHint(String path, Class<T> type) throws MalformedException {
    try {
      return type.cast(RecordCodec.of(type).readHint(this));
    } catch (MalformedException e) {
      throw e.in(path);
    }
  }

  /**
   * Reads it as a record. Absent fields are null, fields that the record lacks are passed over.
   *
   * @param path where it is, for the message of a failure
   * @param required fields that must be there and objects
   * @throws MalformedException when a field holds something else than the record's
   */
  public <T extends Record> T as(String path, Class<T> type, String... required)
      throws MalformedException {
    try {
      for (String field : required) {
        StructValue value = field(field);
        if (value == null || value.kind() != Kind.Struct) {
          throw new MalformedException("is missing").in(field);
        }
      }
      return type.cast(RecordCodec.of(type).read(this));
    } catch (MalformedException e) {
      throw e.in(path);
    }
  }
}
