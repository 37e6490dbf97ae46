package dev.kurator.backup.function.wire.struct;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How values of one Java type are read from a Struct and written to one. */
interface Codec {

  /** Reads a value, which is not null. */
  Object read(StructValue value) throws MalformedException;

  /**
   * Reads as much of a value as can be read, where it is only a hint: what a release that is newer
   * or older has written, or somebody by hand.
   *
   * @throws MalformedException where nothing of it can be read
   */
  default Object readHint(StructValue value) throws MalformedException {
    return read(value);
  }

  /** What a codec can read of a hint; null where that is nothing. */
  static @Nullable Object hint(Codec codec, StructValue value) {
    try {
      return value.isNull() ? null : codec.readHint(value);
    } catch (MalformedException e) {
      return null;
    }
  }

  /** Writes a google.protobuf.Value. */
  void write(Object value, StructWriter to);

  /** The one for a component of a record. */
  static Codec of(Type type) {
    return switch (type) {
      case ParameterizedType generic when generic.getRawType() == List.class ->
          new ListCodec(of(generic.getActualTypeArguments()[0]));
      case ParameterizedType generic when generic.getRawType() == Map.class ->
          new MapCodec(of(generic.getActualTypeArguments()[1]));
      case Class<?> plain when plain.isRecord() -> RecordCodec.of(plain.asSubclass(Record.class));
      case Class<?> plain when plain.isEnum() -> new EnumCodec(plain);
      case Class<?> plain when plain == String.class -> PlainCodec.Text;
      case Class<?> plain when plain == Boolean.class -> PlainCodec.Flag;
      case Class<?> plain when plain == Long.class -> PlainCodec.Long;
      case Class<?> plain when plain == Integer.class -> PlainCodec.Integer;
      default -> throw new IllegalArgumentException("no codec for " + type.getTypeName());
    };
  }
}
