package dev.kurator.backup.function.wire.struct;

import java.util.ArrayList;
import java.util.List;

/**
 * Lists.
 *
 * @param items how their items are read and written
 */
record ListCodec(Codec items) implements Codec {

  @Override
  public Object read(StructValue value) throws MalformedException {
    List<StructValue> values = value.items();
    List<Object> list = new ArrayList<>(values.size());
    for (StructValue item : values) {
      if (item.isNull()) {
        throw new MalformedException("must not hold null");
      }
      list.add(items.read(item));
    }
    return list;
  }

  /** Leaves out what cannot be read. */
  @Override
  public Object readHint(StructValue value) throws MalformedException {
    List<Object> list = new ArrayList<>();
    for (StructValue item : value.items()) {
      Object read = Codec.hint(items, item);
      if (read != null) {
        list.add(read);
      }
    }
    return list;
  }

  @Override
  public void write(Object value, StructWriter to) {
    List<?> list = (List<?>) value;
    int end = to.mark();
    for (int i = list.size() - 1; i >= 0; i--) {
      int itemEnd = to.mark();
      items.write(list.get(i), to);
      to.item(itemEnd);
    }
    to.list(end);
  }
}
