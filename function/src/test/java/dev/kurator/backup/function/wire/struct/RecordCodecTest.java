package dev.kurator.backup.function.wire.struct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.protobuf.ByteString;
import dev.kurator.backup.apis.claim.BackupMoment;
import dev.kurator.backup.apis.claim.BackupSpec;
import dev.kurator.backup.apis.claim.BackupStatus;
import dev.kurator.backup.apis.claim.ClusterSelector;
import dev.kurator.backup.apis.claim.Destination;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroBackupStatus;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.apis.managed.VeleroInstallStatus;
import dev.kurator.backup.apis.managed.VeleroScheduleSpec;
import dev.kurator.backup.apis.managed.VeleroScheduleStatus;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordCodecTest {

  /** How the API server's JSON is read and written everywhere else. */
  private static final JsonMapper JACKSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.USE_DEFAULTS))
          .build();

  static List<Class<? extends Record>> types() {
    return List.of(
        BackupSpec.class,
        BackupStatus.class,
        VeleroBackupSpec.class,
        VeleroBackupStatus.class,
        VeleroScheduleSpec.class,
        VeleroScheduleStatus.class,
        VeleroInstallSpec.class,
        VeleroInstallStatus.class);
  }

  @ParameterizedTest
  @MethodSource("types")
  void readsAndWritesAsJacksonDoes(Class<? extends Record> type)
      throws JsonProcessingException, MalformedException {
    for (int seed = 0; seed < 500; seed++) {
      Record value = new RandomRecords(new Random(seed)).next(type);
      JsonNode json = JACKSON.valueToTree(value);

      ByteString written = bytes(value);

      assertThat(StructTree.read(written)).as("seed %d", seed).hasToString(json.toString());
      assertThat(StructBytes.of(written).as("it", type))
          .as("seed %d", seed)
          .isEqualTo(JACKSON.treeToValue(json, type));
    }
  }

  @Test
  void anEmptyLabelValueIsWrittenAndAnAbsentFieldIsNot() {
    Destination destination = new Destination("europe", new ClusterSelector(Map.of("tier", "")));

    assertThat(StructTree.read(bytes(destination)))
        .hasToString(
            "{\"fleet\":\"europe\",\"clusterSelector\":{\"matchLabels\":{\"tier\":\"\"}}}");
    assertThat(StructTree.read(bytes(new Destination("europe", null))))
        .hasToString("{\"fleet\":\"europe\"}");
  }

  @Test
  void ofAHintWhatCannotBeReadIsAsIfItWereAbsent()
      throws JsonProcessingException, MalformedException {
    String labels = "{\"matchLabels\": {\"a\": 1, \"b\": \"x\", \"c\": null}}";
    ByteString hint =
        StructTree.write(JACKSON.readTree("{\"fleet\": [], \"clusterSelector\": " + labels + "}"));

    assertThat(StructBytes.of(hint).asHint("it", Destination.class))
        .isEqualTo(new Destination("", new ClusterSelector(Map.of("b", "x"))));
  }

  @Test
  void whatDoesNotFitIsToldWithItsPath() throws JsonProcessingException {
    assertRefused(
        "{atProvider: {errors: 1.5}}", "status.atProvider.errors: must be a whole number");
    assertRefused(
        "{atProvider: {phase: 7}}", "status.atProvider.phase: must be a text, not a number");
    assertRefused("{conditions: [null]}", "status.conditions: must not hold null");
    assertRefused("{conditions: {}}", "status.conditions: must be a list, not an object");
  }

  @Test
  void anAbsentTextThatMayNotBeNullIsEmptyAndAnythingElseIsMissed() throws MalformedException {
    StructBytes nothing = StructBytes.of(ByteString.EMPTY);

    assertThat(nothing.as("it", BackupMoment.class)).isEqualTo(new BackupMoment("", ""));
    assertThatThrownBy(() -> nothing.as("it", VeleroBackupSpec.class))
        .hasMessage("it.forProvider: is missing");
  }

  private static void assertRefused(String yaml, String message) throws JsonProcessingException {
    StructBytes struct = StructBytes.of(StructTree.write(new YAMLMapper().readTree(yaml)));
    assertThatThrownBy(() -> struct.as("status", VeleroBackupStatus.class))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith(message);
  }

  private static ByteString bytes(Record value) {
    StructWriter writer = new StructWriter();
    writer.fields(value);
    return writer.take();
  }
}
