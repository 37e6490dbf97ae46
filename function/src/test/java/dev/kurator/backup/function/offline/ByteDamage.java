package dev.kurator.backup.function.offline;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.Random;

/** Damages bytes: some are changed, put in, left out, doubled, or the end is missing. */
final class ByteDamage {

  private static final int LONGEST = 40;

  private final Random random;

  ByteDamage(Random random) {
    this.random = random;
  }

  ByteString damage(ByteString whole) {
    byte[] bytes = whole.toByteArray();
    for (int times = random.nextInt(1, 5); times > 0 && bytes.length > 0; times--) {
      bytes = once(bytes);
    }
    return ByteString.copyFrom(bytes);
  }

  private byte[] once(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    int length = Math.min(random.nextInt(1, LONGEST), bytes.length - at);
    return switch (random.nextInt(6)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> spliced(bytes, at, new byte[0], at + length);
      case 2 -> spliced(bytes, at, noise(length), at);
      case 3 -> spliced(bytes, at, Arrays.copyOfRange(bytes, at, at + length), at);
      default -> spliced(bytes, at, noise(1), at + 1);
    };
  }

  private byte[] noise(int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  /** The bytes up to a place, others, and the bytes from another place on. */
  private static byte[] spliced(byte[] bytes, int to, byte[] between, int from) {
    return ByteString.copyFrom(bytes, 0, to)
        .concat(ByteString.copyFrom(between))
        .concat(ByteString.copyFrom(bytes, from, bytes.length - from))
        .toByteArray();
  }
}
