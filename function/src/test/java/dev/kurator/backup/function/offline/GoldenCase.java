package dev.kurator.backup.function.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kurator.backup.function.wire.Runner;
import dev.kurator.backup.function.wire.struct.StructTree;
import dev.kurator.crossplane.fn.v1.Resource;
import dev.kurator.crossplane.fn.v1.RunFunctionRequest;
import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder with a claim, what the hub holds, and what must come of it.
 *
 * @param folder holds claim.yaml and expected.yaml; members.yaml, observed.yaml and required.yaml
 *     if the case needs them, and a file called not-listed where Crossplane has listed nothing yet
 */
record GoldenCase(Path folder) {

  /** When all cases happen. */
  static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  static final Path FOLDER = Path.of("src/test/resources/cases");

  static List<GoldenCase> all() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      return folders.filter(Files::isDirectory).sorted().map(GoldenCase::new).toList();
    }
  }

  static GoldenCase named(String name) {
    return new GoldenCase(FOLDER.resolve(name));
  }

  ObjectNode claim() throws BadFileException {
    return Documents.read(folder.resolve("claim.yaml")).getFirst();
  }

  List<ObjectNode> hub() throws BadFileException {
    List<ObjectNode> objects = new ArrayList<>(read("members.yaml"));
    objects.addAll(read("required.yaml"));
    return objects;
  }

  SortedMap<String, ObjectNode> observed() throws BadFileException {
    SortedMap<String, ObjectNode> byKey = new TreeMap<>();
    for (ObjectNode object : read("observed.yaml")) {
      JsonNode annotations = object.path("metadata").path("annotations");
      byKey.put(annotations.path(Outlook.KEY_ANNOTATION).asText(), object);
    }
    return byKey;
  }

  RunFunctionResponse run() throws BadFileException {
    Runner runner = new Runner(InstantSource.fixed(NOW));
    return Files.exists(folder.resolve("not-listed"))
        ? runner.run(firstCall())
        : new Rehearsal(runner, new Hub(hub())).run(claim(), observed());
  }

  private RunFunctionRequest firstCall() throws BadFileException {
    RunFunctionRequest.Builder request = RunFunctionRequest.newBuilder();
    request.getObservedBuilder().getCompositeBuilder().setResource(StructTree.write(claim()));
    observed()
        .forEach(
            (key, object) ->
                request
                    .getObservedBuilder()
                    .putResources(
                        key, Resource.newBuilder().setResource(StructTree.write(object)).build()));
    return request.build();
  }

  /** What {@code render} prints, and then what only Crossplane gets to see. */
  String outcome() throws BadFileException {
    RunFunctionResponse response = run();
    List<ObjectNode> objects = new ArrayList<>(Outlook.of(claim(), response));
    objects.add(unseen(response));
    return Documents.write(objects, Documents.Format.yaml);
  }

  private static ObjectNode unseen(RunFunctionResponse response) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("kind", "Unseen");
    object.put("ttlSeconds", response.getMeta().getTtl().getSeconds());
    ObjectNode ready = object.putObject("ready");
    ready.put("composite", response.getDesired().getComposite().getReady().name());
    new TreeMap<>(response.getDesired().getResourcesMap())
        .forEach((key, resource) -> ready.put(key, resource.getReady().name()));
    ObjectNode requirements = object.putObject("requirements");
    new TreeMap<>(response.getRequirements().getResourcesMap())
        .forEach(
            (key, selector) -> {
              ObjectNode asked = requirements.putObject(key);
              if (selector.hasMatchName()) {
                asked.put("namespace", selector.getNamespace());
                asked.put("name", selector.getMatchName());
              }
              new TreeMap<>(selector.getMatchLabels().getLabelsMap()).forEach(asked::put);
            });
    return object;
  }

  private List<ObjectNode> read(String file) throws BadFileException {
    Path path = folder.resolve(file);
    return Files.exists(path) ? Documents.read(path) : List.of();
  }

  @Override
  public String toString() {
    return folder.getFileName().toString();
  }
}
