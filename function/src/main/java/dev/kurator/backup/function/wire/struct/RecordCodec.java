package dev.kurator.backup.function.wire.struct;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records: an object with a field for each component, in the order of the components. What is
 * absent, an empty text or an empty collection is not written; so an absent text that may not be
 * null is read as an empty one, and anything else that may not be null must be there.
 */
final class RecordCodec implements Codec {

  private static final ClassValue<RecordCodec> CODECS =
      new ClassValue<>() {
        @Override
        protected RecordCodec computeValue(Class<?> type) {
          return new RecordCodec(type);
        }
      };

  private static final class Component {
    final String name;
    final byte[] utf8;
    final MethodHandle accessor;
    final Codec codec;
    final boolean required;

    Component(RecordComponent of, MethodHandles.Lookup lookup) throws IllegalAccessException {
      name = of.getName();
      utf8 = name.getBytes(StandardCharsets.UTF_8);
      accessor =
          lookup
              .unreflect(of.getAccessor())
              .asType(MethodType.methodType(Object.class, Object.class));
      codec = Codec.of(of.getGenericType());
      required =
          !of.getAnnotatedType().isAnnotationPresent(Nullable.class)
              && of.getType() != List.class
              && of.getType() != Map.class;
    }

    /** What stands for one that is absent. */
    Object instead() throws MalformedException {
      if (codec == PlainCodec.Text) {
        return "";
      }
      throw new MalformedException("is missing").in(name);
    }
  }

  private final Component[] components;
  private final MethodHandle constructor;

  private RecordCodec(Class<?> type) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      RecordComponent[] all = type.getRecordComponents();
      components = new Component[all.length];
      for (int i = 0; i < all.length; i++) {
        components[i] = new Component(all[i], lookup);
      }
      Class<?>[] types = Arrays.stream(all).map(RecordComponent::getType).toArray(Class<?>[]::new);
      constructor =
          lookup
              .findConstructor(type, MethodType.methodType(void.class, types))
              .asSpreader(Object[].class, types.length)
              .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("not a public record: " + type, e);
    }
  }

  static RecordCodec of(Class<? extends Record> type) {
    return CODECS.get(type);
  }

  @Override
  public Object read(StructValue value) throws MalformedException {
    return read(value.struct());
  }

  /** What cannot be read is as if it were not there. */
  @Override
  public Object readHint(StructValue value) throws MalformedException {
    return readHint(value.struct());
  }

  Object read(StructBytes struct) throws MalformedException {
    @Nullable Object[] values = new Object[components.length];
    Fields fields = struct.fields();
    while (fields.next()) {
      int index = index(fields);
      if (index >= 0) {
        values[index] = read(fields, components[index]);
      }
    }
    return complete(values);
  }

  Object readHint(StructBytes struct) throws MalformedException {
    @Nullable Object[] values = new Object[components.length];
    Fields fields = struct.fields();
    while (fields.next()) {
      int index = index(fields);
      if (index >= 0) {
        values[index] = Codec.hint(components[index].codec, fields.value());
      }
    }
    return complete(values);
  }

  private Object complete(@Nullable Object[] values) throws MalformedException {
    for (int i = 0; i < components.length; i++) {
      if (values[i] == null && components[i].required) {
        values[i] = components[i].instead();
      }
    }
    return construct(values);
  }

  private int index(Fields fields) {
    for (int i = 0; i < components.length; i++) {
      if (fields.isNamed(components[i].utf8)) {
        return i;
      }
    }
    return -1;
  }

  private static @Nullable Object read(Fields fields, Component component)
      throws MalformedException {
    try {
      StructValue value = fields.value();
      return value.isNull() ? null : component.codec.read(value);
    } catch (MalformedException e) {
      throw e.in(component.name);
    }
  }

  private Object construct(@Nullable Object[] values) throws MalformedException {
    try {
      return constructor.invokeExact(values);
    } catch (RuntimeException e) {
      throw new MalformedException("is not complete: " + e.getMessage());
    } catch (Throwable e) {
      throw new IllegalStateException("constructors of records throw nothing checked", e);
    }
  }

  @Override
  public void write(Object value, StructWriter to) {
    int end = to.mark();
    writeFields(value, to);
    to.struct(end);
  }

  /** Writes a google.protobuf.Struct. */
  void writeFields(Object value, StructWriter to) {
    for (int i = components.length - 1; i >= 0; i--) {
      Component component = components[i];
      Object field = get(component, value);
      if (field != null && !isEmpty(field)) {
        int end = to.mark();
        component.codec.write(field, to);
        to.field(component.utf8, end);
      }
    }
  }

  private static @Nullable Object get(Component component, Object of) {
    try {
      return component.accessor.invokeExact(of);
    } catch (Throwable e) {
      throw new IllegalStateException("cannot read " + component.name, e);
    }
  }

  private static boolean isEmpty(Object value) {
    return switch (value) {
      case String text -> text.isEmpty();
      case Collection<?> items -> items.isEmpty();
      case Map<?, ?> map -> map.isEmpty();
      default -> false;
    };
  }
}
