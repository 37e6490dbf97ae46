package dev.kurator.backup.function.wire.struct;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/** How values of one Java type are read from a Struct and written to one. */
interface Codec {

  /** Reads a value, which is not null. */
  Object read(StructValue value) throws MalformedException;

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
