package dev.kurator.backup.function.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Struct;
import dev.kurator.backup.apis.claim.ClusterSelector;
import dev.kurator.backup.apis.claim.Destination;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StructsTest {

  @Test
  void everyKindOfValueSurvivesTheWayThereAndBack() {
    Struct struct =
        Requests.struct(
            "{text: 'größe', yes: true, whole: 42, part: 1.5, nothing: null, list: [1, [a], {}],"
                + " deep: {er: {est: x}}, empty: ''}");

    assertThat(Structs.toStruct(Structs.toTree(struct))).isEqualTo(struct);
  }

  @Test
  void wholeNumbersBecomeIntegersAndOthersStay() {
    JsonNode tree = Structs.toTree(Requests.struct("{whole: 1764000000, part: 0.5, huge: 1e300}"));

    assertThat(tree.path("whole").isIntegralNumber()).isTrue();
    assertThat(tree.path("whole").longValue()).isEqualTo(1764000000L);
    assertThat(tree.path("part").isIntegralNumber()).isFalse();
    assertThat(tree.path("huge").isIntegralNumber()).isFalse();
  }

  @Test
  void anEmptyLabelValueIsWrittenAndAnAbsentFieldIsNot() {
    Destination destination = new Destination("europe", new ClusterSelector(Map.of("tier", "")));

    assertThat(Records.write(destination))
        .hasToString(
            "{\"fleet\":\"europe\",\"clusterSelector\":{\"matchLabels\":{\"tier\":\"\"}}}");
    assertThat(Records.write(new Destination("europe", null)))
        .hasToString("{\"fleet\":\"europe\"}");
  }
}
