package dev.kurator.backup.test.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import dev.kurator.backup.function.wire.FunctionServer;
import dev.kurator.backup.function.wire.HostPort;
import dev.kurator.backup.function.wire.Runner;
import dev.kurator.backup.function.wire.ServerOptions;
import dev.kurator.backup.function.wire.struct.StructTree;
import dev.kurator.crossplane.render.v1alpha1.CompositeInput;
import dev.kurator.crossplane.render.v1alpha1.CompositeOutput;
import dev.kurator.crossplane.render.v1alpha1.FunctionInput;
import dev.kurator.crossplane.render.v1alpha1.RenderRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our own {@code render} is an imitation; this holds it to the original. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealRenderTest {

  private static final Path APIS = Path.of("../package/configuration/apis");

  private static final Map<String, String> COMPOSITIONS =
      Map.of(
          "Backup",
          "composition.yaml",
          "Restore",
          "composition-restore.yaml",
          "Migrate",
          "composition-migrate.yaml");

  /** When the golden cases happen. */
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  /** Of claims whose golden case has none: an API server gives one to every object. */
  private static final String UID = "9d7c3f0e-6a51-4a0b-8d0c-2f1e5b7a4c11";

  private static final String MISSING =
      "no `crossplane` with `internal render` on the PATH (Crossplane's CLI has none) and no"
          + " Crossplane image by Docker: golden cases are not compared with the real render";

  private Optional<RenderEngine> engine = Optional.empty();
  private Optional<FunctionServer> server = Optional.empty();

  @BeforeAll
  void start() throws IOException, InterruptedException {
    engine = RenderEngine.find();
    if (engine.isEmpty()) {
      if ("required".equals(System.getProperty("cluster"))) {
        fail(MISSING);
      }
      System.err.println("SKIPPED: " + MISSING);
      abort(MISSING);
    }
    server =
        Optional.of(
            FunctionServer.start(
                new Runner(InstantSource.fixed(NOW)),
                new ServerOptions(
                    new HostPort("", 0),
                    new ServerOptions.Transport.Plaintext(),
                    64 * 1024 * 1024,
                    new HostPort("", 0),
                    Duration.ZERO)));
  }

  @AfterAll
  void stop() {
    server.ifPresent(FunctionServer::close);
  }

  static List<RenderCase> cases() throws IOException {
    return RenderCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void crossplaneMakesOfItWhatRenderSays(RenderCase golden)
      throws IOException, InterruptedException {
    List<JsonNode> expected = golden.read("expected.yaml");

    CompositeOutput output = engine.orElseThrow().render(request(golden)).getComposite();

    JsonNode composite = tree(output.getCompositeResource());
    List<JsonNode> managed = ofGroup(expected, "velero.m.kurator.dev/");
    UnaryOperator<String> offline = offline(trees(output.getComposedResourcesList()), managed);
    SortedMap<String, String> composed = Normal.composed(managed);
    Set<String> left = new TreeSet<>(Normal.composed(ours(golden)).keySet());
    left.removeAll(composed.keySet());
    assertThat(Normal.composed(trees(output.getDeletedResourcesList())).keySet())
        .as("%s deletes", golden)
        .isEqualTo(left);
    SortedMap<String, String> really = Normal.composed(trees(output.getComposedResourcesList()));
    really.replaceAll((_, object) -> offline.apply(object));
    assertThat(really).as("%s composes", golden).isEqualTo(composed);
    assertThat(offline.apply(Normal.status(composite)))
        .as("%s says", golden)
        .isEqualTo(Normal.status(expected.getFirst()));
    assertThat(Normal.condition(composite, "Ready"))
        .as("%s is ready", golden)
        .isEqualTo(ready(expected));
    assertThat(output.getEventsList())
        .as("%s tells", golden)
        .extracting(event -> offline.apply(event.getMessage()))
        .filteredOn(message -> message.startsWith("Pipeline step"))
        .containsExactlyElementsOf(messages(expected));
  }

  /** The claim's UID, which its golden case may lack, is in the names of what is made for it. */
  private static UnaryOperator<String> offline(
      Collection<? extends JsonNode> real, Collection<? extends JsonNode> expected) {
    Map<String, String> names = Normal.names(expected);
    return text ->
        Normal.names(real).entrySet().stream()
            .reduce(
                text,
                (so, there) ->
                    so.replace(
                        there.getValue(), names.getOrDefault(there.getKey(), there.getValue())),
                (one, _) -> one);
  }

  private static List<JsonNode> ours(RenderCase golden) throws IOException {
    return ofGroup(golden.read("observed.yaml"), "velero.m.kurator.dev/");
  }

  private static List<ObjectNode> trees(List<Struct> objects) {
    return objects.stream().map(RealRenderTest::tree).toList();
  }

  private static ObjectNode tree(Struct object) {
    return StructTree.read(object.toByteString());
  }

  private static Struct struct(JsonNode object) throws InvalidProtocolBufferException {
    return Struct.parseFrom(StructTree.write(object));
  }

  private RenderRequest request(RenderCase golden) throws IOException {
    ObjectNode claim = golden.read("claim.yaml").getFirst().deepCopy();
    ObjectNode metadata = claim.withObject("/metadata");
    if (!metadata.has("uid")) {
      metadata.put("uid", UID);
    }
    Path apis = APIS.resolve(COMPOSITIONS.get(claim.path("kind").asText()));
    JsonNode composition = RenderCase.documents(apis).getFirst();
    String function =
        composition.path("spec").path("pipeline").path(0).path("functionRef").path("name").asText();
    CompositeInput.Builder input =
        CompositeInput.newBuilder()
            .setCompositeResource(struct(claim))
            .setComposition(struct(composition))
            .addFunctions(
                FunctionInput.newBuilder()
                    .setName(function)
                    .setAddress(
                        engine.orElseThrow().thisMachine() + ":" + server.orElseThrow().port()));
    for (JsonNode object : golden.read("observed.yaml")) {
      input.addObservedResources(struct(controlled(object, claim)));
    }
    for (String file : List.of("members.yaml", "required.yaml")) {
      for (JsonNode object : golden.read(file)) {
        input.addRequiredResources(struct(object));
      }
    }
    return RenderRequest.newBuilder().setComposite(input).build();
  }

  /** Crossplane 2.4 collects only what the composite controls, as it does all that it composed. */
  private static ObjectNode controlled(JsonNode object, JsonNode claim) {
    ObjectNode copy = object.deepCopy();
    copy.withObject("/metadata")
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", claim.path("apiVersion").asText())
        .put("kind", claim.path("kind").asText())
        .put("name", claim.path("metadata").path("name").asText())
        .put("uid", claim.path("metadata").path("uid").asText())
        .put("controller", true)
        .put("blockOwnerDeletion", true);
    return copy;
  }

  private static List<JsonNode> ofGroup(List<JsonNode> objects, String group) {
    return objects.stream()
        .filter(object -> object.path("apiVersion").asText().startsWith(group))
        .toList();
  }

  private static String ready(List<JsonNode> expected) {
    String ready = expected.getLast().path("ready").path("composite").asText();
    return ready.equals("READY_TRUE") ? "True" : "False";
  }

  private static List<String> messages(List<JsonNode> expected) {
    return ofGroup(expected, "render.crossplane.io/").stream()
        .map(result -> "Pipeline step \"fleet-backup\": " + result.path("message").asText())
        .toList();
  }
}
