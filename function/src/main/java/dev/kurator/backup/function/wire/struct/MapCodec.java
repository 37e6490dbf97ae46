package dev.kurator.backup.function.wire.struct;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Maps with texts for keys, written in the order of their keys.
 *
 * @param values how their values are read and written
 */
record MapCodec(Codec values) implements Codec {

  @Override
  public Object read(StructValue value) throws MalformedException {
    Map<String, Object> map = new TreeMap<>();
    Fields fields = value.struct().fields();
    while (fields.next()) {
      StructValue field = fields.value();
      if (field.isNull()) {
        throw new MalformedException("must not hold null");
      }
      map.put(fields.name(), values.read(field));
    }
    return map;
  }

  /** Leaves out what cannot be read. */
  @Override
  public Object readHint(StructValue value) throws MalformedException {
    Map<String, Object> map = new TreeMap<>();
    Fields fields = value.struct().fields();
    while (fields.next()) {
      Object read = Codec.hint(values, fields.value());
      if (read != null) {
        map.put(fields.name(), read);
      }
    }
    return map;
  }

  @Override
  public void write(Object value, StructWriter to) {
    int end = to.mark();
    Map<?, ?> map = (Map<?, ?>) value;
    Object[] keys = map.keySet().toArray();
    Arrays.sort(keys);
    for (int i = keys.length - 1; i >= 0; i--) {
      int fieldEnd = to.mark();
      values.write(Objects.requireNonNull(map.get(keys[i])), to);
      to.field((String) keys[i], fieldEnd);
    }
    to.struct(end);
  }
}
