package dev.kurator.backup.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The contents of an xpkg: crossplane.yaml, then the objects it installs.
 *
 * @param documents in this order, not to be changed
 */
record PackageYaml(List<ObjectNode> documents) {

  private static final YAMLMapper YAML =
      new YAMLMapper(YAMLFactory.builder().disable(YAMLGenerator.Feature.SPLIT_LINES).build());

  PackageYaml {
    documents = List.copyOf(documents);
  }

  /**
   * Reads a product's sources.
   *
   * @param folder with crossplane.yaml and perhaps a folder of objects
   * @param objects name of that folder
   */
  static PackageYaml ofSources(Path folder, String objects) throws IOException {
    List<ObjectNode> documents = new ArrayList<>();
    for (Path file : sources(folder, objects)) {
      documents.addAll(parse(Files.readAllBytes(file)).documents);
    }
    return new PackageYaml(documents);
  }

  /** The files that {@link #ofSources} reads, in its order. */
  static List<Path> sources(Path folder, String objects) throws IOException {
    List<Path> files = new ArrayList<>(List.of(folder.resolve("crossplane.yaml")));
    Path objectFolder = folder.resolve(objects);
    if (Files.isDirectory(objectFolder)) {
      try (Stream<Path> entries = Files.list(objectFolder)) {
        entries.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(files::add);
      }
    }
    return files;
  }

  /** Reads a multi-document YAML file. */
  static PackageYaml parse(byte[] yaml) throws IOException {
    List<ObjectNode> documents = new ArrayList<>();
    try (MappingIterator<JsonNode> nodes = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      while (nodes.hasNext()) {
        if (nodes.next() instanceof ObjectNode document) {
          documents.add(document);
        }
      }
    }
    return new PackageYaml(documents);
  }

  /** As a multi-document YAML file. */
  byte[] bytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (SequenceWriter writer = YAML.writer().writeValues(out)) {
      for (ObjectNode document : documents) {
        writer.write(document);
      }
    }
    return out.toByteArray();
  }

  /**
   * The same package as installed from another registry: dependencies on our products are taken
   * from there, in this version exactly, and Compositions call the function by the name that
   * Crossplane gives it.
   *
   * @param from how the cluster names the registry
   * @param version tag of all three, such as {@code v0.1.0}
   */
  PackageYaml installedFrom(Destination from, String version) {
    List<ObjectNode> rewritten = documents.stream().map(ObjectNode::deepCopy).toList();
    for (ObjectNode document : rewritten) {
      for (JsonNode dependency : document.at("/spec/dependsOn")) {
        rewriteDependency((ObjectNode) dependency, from, version);
      }
      for (JsonNode step : document.at("/spec/pipeline")) {
        rewriteStep((ObjectNode) step, from);
      }
    }
    return new PackageYaml(rewritten);
  }

  private static void rewriteDependency(ObjectNode dependency, Destination from, String version) {
    Product.ofRepository(dependency.path("package").asText())
        .ifPresent(
            product -> dependency.put("package", from.repository(product)).put("version", version));
  }

  private static void rewriteStep(ObjectNode step, Destination from) {
    if (step.get("functionRef") instanceof ObjectNode function
        && Product.FUNCTION.packageName().equals(function.path("name").asText())) {
      function.put("name", from.objectName(Product.FUNCTION));
    }
  }
}
