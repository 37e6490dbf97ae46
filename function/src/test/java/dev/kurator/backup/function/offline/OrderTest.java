package dev.kurator.backup.function.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.kurator.backup.function.wire.Runner;
import dev.kurator.backup.function.wire.struct.StructTree;
import dev.kurator.crossplane.fn.v1.Resource;
import dev.kurator.crossplane.fn.v1.RunFunctionRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The design's rule 8: Go's maps have no order, so Crossplane sends anything in any. */
class OrderTest {

  static List<GoldenCase> cases() throws IOException {
    return GoldenCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theOrderInWhichThingsAreSentChangesNoByte(GoldenCase golden) throws BadFileException {
    assertThat(answer(golden, true)).isEqualTo(answer(golden, false));
  }

  private static ByteString answer(GoldenCase golden, boolean backwards) throws BadFileException {
    Runner runner = new Runner(InstantSource.fixed(GoldenCase.NOW));
    RunFunctionRequest.Builder request = RunFunctionRequest.newBuilder();
    request.getObservedBuilder().setComposite(resource(golden.claim(), backwards));
    entries(golden.observed(), backwards)
        .forEach(
            one ->
                request
                    .getObservedBuilder()
                    .putResources(one.getKey(), resource(one.getValue(), backwards)));
    List<ObjectNode> objects = new ArrayList<>();
    golden.hub().forEach(one -> objects.add((ObjectNode) ordered(one, backwards)));
    Hub hub = new Hub(backwards ? objects.reversed() : objects);
    for (int call = 0; call < 2; call++) {
      var asked = runner.run(request.build()).getRequirements().getResourcesMap();
      request.clearRequiredResources();
      entries(asked, backwards)
          .forEach(one -> request.putRequiredResources(one.getKey(), hub.find(one.getValue())));
    }
    return runner.run(request.build()).toByteString();
  }

  private static <T> List<Map.Entry<String, T>> entries(Map<String, T> map, boolean backwards) {
    List<Map.Entry<String, T>> entries = new ArrayList<>(new TreeMap<>(map).entrySet());
    return backwards ? entries.reversed() : entries;
  }

  private static Resource resource(ObjectNode object, boolean backwards) {
    return Resource.newBuilder().setResource(StructTree.write(ordered(object, backwards))).build();
  }

  private static JsonNode ordered(JsonNode node, boolean backwards) {
    if (node.isArray()) {
      var items = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> items.add(ordered(item, backwards)));
      return items;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    List<Map.Entry<String, JsonNode>> all = new ArrayList<>(node.properties());
    (backwards ? all.reversed() : all)
        .forEach(field -> fields.set(field.getKey(), ordered(field.getValue(), backwards)));
    return fields;
  }
}
