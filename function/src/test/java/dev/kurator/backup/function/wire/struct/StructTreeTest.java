package dev.kurator.backup.function.wire.struct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StructTreeTest {

  private static final int TRIES = 2000;

  @Test
  void whatProtobufWritesIsReadAndWhatIsWrittenProtobufReads()
      throws InvalidProtocolBufferException {
    for (int seed = 0; seed < TRIES; seed++) {
      Struct struct = new RandomStructs(new Random(seed)).next();

      ByteString written = StructTree.write(StructTree.read(struct.toByteString()));

      assertThat(Struct.parseFrom(written)).as("seed %d", seed).isEqualTo(struct);
    }
  }

  @Test
  void wholeNumbersBecomeIntegersAndOthersStay() {
    Struct struct =
        Struct.newBuilder()
            .putFields("whole", Value.newBuilder().setNumberValue(1764000000).build())
            .putFields("part", Value.newBuilder().setNumberValue(0.5).build())
            .putFields("huge", Value.newBuilder().setNumberValue(1e300).build())
            .build();

    JsonNode tree = StructTree.read(struct.toByteString());

    assertThat(tree.path("whole").isIntegralNumber()).isTrue();
    assertThat(tree.path("whole").longValue()).isEqualTo(1764000000L);
    assertThat(tree.path("part").isIntegralNumber()).isFalse();
    assertThat(tree.path("huge").isIntegralNumber()).isFalse();
  }

  /** Whatever protobuf reads we read alike; whatever it refuses is refused or read, in peace. */
  @Test
  void damagedBytesAreRefusedAndNothingWorse() throws InvalidProtocolBufferException {
    int refused = 0;
    for (int seed = 0; seed < TRIES; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new RandomStructs(random).next().toByteArray();
      for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      int length = random.nextBoolean() ? bytes.length : random.nextInt(bytes.length + 1);
      ByteString damaged = ByteString.copyFrom(bytes, 0, length);
      try {
        StructTree.write(StructTree.read(StructBytes.of(damaged)));
      } catch (MalformedException e) {
        refused++;
        assertThat(e).hasMessageNotContaining("null");
      }
    }
    assertThat(refused).isBetween(TRIES / 4, TRIES);
  }

  @Test
  void depthIsBounded() {
    StructWriter writer = new StructWriter();
    int end = writer.mark();
    for (int i = 0; i < 100_000; i++) {
      writer.struct(end);
      writer.field("a", end);
    }
    ByteString deep = writer.take();

    assertThatThrownBy(() -> StructTree.read(StructBytes.of(deep)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("deeper");
  }
}
