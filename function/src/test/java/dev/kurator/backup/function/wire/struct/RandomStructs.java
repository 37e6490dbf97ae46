package dev.kurator.backup.function.wire.struct;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.Random;

/**
 * Structs made by protobuf itself.
 *
 * @param random with a seed, so that a failure can be repeated
 */
record RandomStructs(Random random) {

  private static final String[] TEXTS = {
    "", "a", "größe", "日本", "\uD83D\uDE00", "\uFFFD", "x".repeat(200), "a\u0000b"
  };
  private static final double[] NUMBERS = {0, 1, -1, 0.5, 1e300, 9_007_199_254_740_994d, 42};

  Struct next() {
    return struct(3);
  }

  private Struct struct(int depth) {
    Struct.Builder struct = Struct.newBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      struct.putFields(text() + random.nextInt(4), value(depth));
    }
    return struct.build();
  }

  private Value value(int depth) {
    Value.Builder value = Value.newBuilder();
    switch (random.nextInt(depth > 0 ? 6 : 4)) {
      case 0 -> value.setNullValue(NullValue.NULL_VALUE);
      case 1 -> value.setNumberValue(NUMBERS[random.nextInt(NUMBERS.length)]);
      case 2 -> value.setStringValue(text());
      case 3 -> value.setBoolValue(random.nextBoolean());
      case 4 -> value.setStructValue(struct(depth - 1));
      default -> {
        ListValue.Builder list = ListValue.newBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.addValues(value(depth - 1));
        }
        value.setListValue(list);
      }
    }
    return value.build();
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }
}
