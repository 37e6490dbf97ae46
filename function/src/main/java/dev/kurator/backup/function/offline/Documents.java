package dev.kurator.backup.function.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Kubernetes objects in files of several YAML or JSON documents. */
final class Documents {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .build();
  private static final ObjectWriter JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writer();

  private Documents() {}

  /** The objects of a file; a List, as kubectl prints it, counts as its items. */
  static List<ObjectNode> read(Path file) throws BadFileException {
    List<ObjectNode> objects = new ArrayList<>();
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class).readValues(Files.readString(file))) {
      while (documents.hasNextValue()) {
        add(documents.nextValue(), file, objects);
      }
    } catch (NoSuchFileException e) {
      throw new BadFileException(file, "there is no such file");
    } catch (JsonProcessingException e) {
      throw new BadFileException(file, "is not YAML: " + e.getOriginalMessage() + at(e));
    } catch (IOException e) {
      throw new BadFileException(file, "cannot be read: " + e);
    }
    return objects;
  }

  private static void add(JsonNode document, Path file, List<ObjectNode> objects)
      throws BadFileException {
    if (document.isNull() || document.isMissingNode()) {
      return;
    }
    if (document.path("kind").asText().equals("List")) {
      for (JsonNode item : document.path("items")) {
        add(item, file, objects);
      }
    } else if (document instanceof ObjectNode object
        && object.path("apiVersion").isTextual()
        && object.path("kind").isTextual()) {
      objects.add(object);
    } else {
      throw new BadFileException(
          file, "document " + (objects.size() + 1) + " has no apiVersion and kind");
    }
  }

  private static String at(JsonProcessingException e) {
    return e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
  }

  /** The objects as one text, in order. */
  static String write(List<? extends JsonNode> objects, Format format) {
    try {
      return switch (format) {
        case json -> JSON.writeValueAsString(objects) + "\n";
        case yaml -> {
          StringBuilder text = new StringBuilder();
          for (JsonNode object : objects) {
            text.append("---\n").append(YAML.writeValueAsString(object));
          }
          yield text.toString();
        }
      };
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  /** How to write objects. */
  enum Format {
    yaml,
    json
  }
}
