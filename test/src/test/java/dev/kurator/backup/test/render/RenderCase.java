package dev.kurator.backup.test.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A golden case of the function.
 *
 * @param folder its files
 */
record RenderCase(Path folder) {

  private static final Path CASES = Path.of("../function/src/test/resources/cases");
  private static final YAMLMapper YAML = new YAMLMapper();

  /** All but those where Crossplane has not listed anything yet: it always does. */
  static List<RenderCase> all() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("expected.yaml")))
          .filter(folder -> !Files.exists(folder.resolve("not-listed")))
          .sorted()
          .map(RenderCase::new)
          .toList();
    }
  }

  List<JsonNode> read(String file) throws IOException {
    return documents(folder.resolve(file));
  }

  static List<JsonNode> documents(Path file) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    if (Files.exists(file)) {
      try (MappingIterator<JsonNode> values =
          YAML.readerFor(JsonNode.class).readValues(Files.readString(file))) {
        while (values.hasNextValue()) {
          documents.add(values.nextValue());
        }
      }
    }
    return documents;
  }

  @Override
  public String toString() {
    return folder.getFileName().toString();
  }
}
