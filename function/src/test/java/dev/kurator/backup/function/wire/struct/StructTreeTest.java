package dev.kurator.backup.function.wire.struct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void depthIsBounded(boolean lists) {
    StructBytes deep = StructBytes.of(deep(lists, 100_000));

    assertThatThrownBy(() -> StructTree.read(deep))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("deeper");
    assertThatThrownBy(() -> new StructWriter().copy(deep, "a"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("deeper");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsNotThatDeepIsRead(boolean lists) throws MalformedException {
    StructBytes deep = StructBytes.of(deep(lists, 100));

    assertThat(StructTree.read(deep).has("a")).isTrue();
    new StructWriter().copy(deep, "a");
  }

  /** What is kept must be the same bytes on every call, and protobuf's maps have no order. */
  @Test
  void whatIsCopiedIsInTheOrderOfItsNames() throws MalformedException, JsonProcessingException {
    JsonMapper json = JsonMapper.builder().build();
    JsonNode one =
        json.readTree("{\"a\": {\"x\": 1, \"Aa\": [true, {\"c\": null, \"b\": 2}], \"BB\": 3}}");
    JsonNode other =
        json.readTree("{\"a\": {\"BB\": 3, \"Aa\": [true, {\"b\": 2, \"c\": null}], \"x\": 1}}");

    assertThat(copied(one)).isEqualTo(copied(other));
    assertThat(StructTree.read(copied(other)))
        .hasToString("{\"a\":{\"Aa\":[true,{\"b\":2,\"c\":null}],\"BB\":3,\"x\":1}}");
  }

  private static ByteString copied(JsonNode object) throws MalformedException {
    StructWriter writer = new StructWriter();
    writer.copy(StructBytes.of(StructTree.write(object)), "a");
    return writer.take();
  }

  /** Objects or lists in each other, all of it in a field. */
  private static ByteString deep(boolean lists, int levels) {
    StructWriter writer = new StructWriter();
    int end = writer.mark();
    writer.nothing();
    for (int i = 0; i < levels; i++) {
      if (lists) {
        writer.item(end);
        writer.list(end);
      } else {
        writer.field("a", end);
        writer.struct(end);
      }
    }
    writer.field("a", end);
    return writer.take();
  }
}
