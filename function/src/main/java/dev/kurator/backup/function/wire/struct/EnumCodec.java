package dev.kurator.backup.function.wire.struct;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Constants by their names in JSON. */
final class EnumCodec implements Codec {

  private final Map<String, Object> constants = new TreeMap<>();
  private final Map<Object, String> names = new HashMap<>();

  EnumCodec(Class<?> type) {
    for (Object constant : type.getEnumConstants()) {
      String name = name((Enum<?>) constant);
      names.put(constant, name);
      constants.put(name, constant);
    }
  }

  private static String name(Enum<?> constant) {
    try {
      JsonProperty other =
          constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
      return other == null ? constant.name() : other.value();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("no constant " + constant, e);
    }
  }

  @Override
  public Object read(StructValue value) throws MalformedException {
    String name = value.text();
    Object constant = constants.get(name);
    if (constant == null) {
      throw new MalformedException(
          "must be " + String.join(" or ", constants.keySet()) + ", not \"" + name + "\"");
    }
    return constant;
  }

  @Override
  public void write(Object value, StructWriter to) {
    to.text(Objects.requireNonNull(names.get(value)));
  }
}
