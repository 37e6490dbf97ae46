package dev.kurator.backup.function.wire.struct;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records with anything in them that their types allow.
 *
 * @param random with a seed, so that a failure can be repeated
 */
record RandomRecords(Random random) {

  <T extends Record> T next(Class<T> type) {
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(components[i]);
    }
    try {
      Constructor<T> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot make a " + type, e);
    }
  }

  /** What may not be null is there, and no empty text: neither is written. */
  private @Nullable Object value(RecordComponent component) {
    boolean nullable =
        component.getAnnotatedType().isAnnotationPresent(Nullable.class)
            || component.getGenericType() instanceof ParameterizedType;
    if (nullable && random.nextInt(4) == 0) {
      return null;
    }
    Object value = value(component.getGenericType());
    return nullable || !value.equals("") ? value : "größe";
  }

  private Object value(Type type) {
    return switch (type) {
      case ParameterizedType generic when generic.getRawType() == List.class -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          list.add(value(generic.getActualTypeArguments()[0]));
        }
        yield list;
      }
      case ParameterizedType generic -> {
        Map<String, Object> map = new TreeMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          map.put("key-" + i, value(generic.getActualTypeArguments()[1]));
        }
        yield map;
      }
      case Class<?> plain when plain.isRecord() -> next(plain.asSubclass(Record.class));
      case Class<?> plain when plain.isEnum() ->
          plain.getEnumConstants()[random.nextInt(plain.getEnumConstants().length)];
      case Class<?> plain when plain == String.class -> random.nextBoolean() ? "größe" : "";
      case Class<?> plain when plain == Boolean.class -> random.nextBoolean();
      case Class<?> plain when plain == Long.class -> (long) random.nextInt();
      case Class<?> plain when plain == Integer.class -> random.nextInt();
      default -> throw new AssertionError("no value for " + type);
    };
  }
}
