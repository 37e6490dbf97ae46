package dev.kurator.backup.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PackageYamlTest {

  private static final Path SOURCES = Path.of("").toAbsolutePath();

  @Test
  void theFunctionIsItsMetadataAloneAndMayCompose() throws IOException {
    List<ObjectNode> documents = sources(Product.FUNCTION).documents();

    assertThat(documents)
        .singleElement()
        .satisfies(meta -> assertThat(kind(meta)).isEqualTo("Function"));
    assertThat(documents.getFirst().at("/spec/capabilities/0").asText()).isEqualTo("composition");
  }

  @Test
  void theProviderBringsACrdForEachOfItsTypes() throws IOException {
    assertThat(sources(Product.PROVIDER).documents())
        .extracting(PackageYamlTest::kind)
        .startsWith("Provider")
        .filteredOn(kind -> !kind.equals("Provider"))
        .hasSizeGreaterThanOrEqualTo(3)
        .containsOnly("CustomResourceDefinition");
  }

  @Test
  void theConfigurationBringsTheCompositionThatEachOfItsXrdsNames() throws IOException {
    List<ObjectNode> documents = sources(Product.CONFIGURATION).documents();
    Map<String, String> named = new TreeMap<>();
    Map<String, String> brought = new TreeMap<>();
    for (ObjectNode xrd : all(documents, "CompositeResourceDefinition")) {
      named.put(
          xrd.at("/spec/names/kind").asText(), xrd.at("/spec/defaultCompositionRef/name").asText());
    }
    for (ObjectNode composition : all(documents, "Composition")) {
      brought.put(
          composition.at("/spec/compositeTypeRef/kind").asText(),
          composition.at("/metadata/name").asText());
    }

    assertThat(documents.getFirst().path("kind").asText()).isEqualTo("Configuration");
    assertThat(named).containsOnlyKeys("Backup", "Restore", "Migrate");
    assertThat(brought).isEqualTo(named);
  }

  @Test
  void everyPackageHasCrossplanesAnnotations() throws IOException {
    for (Product product : Product.values()) {
      ObjectNode meta = sources(product).documents().getFirst();

      assertThat(meta.at("/metadata/name").asText()).isEqualTo(product.packageName());
      for (String name : List.of("maintainer", "source", "license", "description", "readme")) {
        JsonNode annotations = meta.at("/metadata/annotations");
        assertThat(annotations.path("meta.crossplane.io/" + name).asText()).as(name).isNotEmpty();
      }
    }
  }

  @Test
  void dependenciesComeFromTheRegistryThatThePackageIsInstalledFrom() throws IOException {
    PackageYaml pushed =
        sources(Product.CONFIGURATION).installedFrom(Destination.parse("ghcr.io/acme"), "v1.2.3");

    JsonNode dependencies = pushed.documents().getFirst().at("/spec/dependsOn");
    assertThat(dependencies).hasSize(2);
    assertThat(dependencies.at("/0/package").asText())
        .isEqualTo("ghcr.io/acme/function-fleet-backup");
    assertThat(dependencies.at("/1/package").asText()).isEqualTo("ghcr.io/acme/provider-velero");
    assertThat(dependencies.findValuesAsText("version")).containsOnly("v1.2.3");
  }

  @Test
  void theCompositionCallsTheFunctionByTheNameThatCrossplaneGivesIt() throws IOException {
    PackageYaml pushed =
        sources(Product.CONFIGURATION).installedFrom(Destination.parse("ghcr.io/acme"), "v1.2.3");

    assertThat(all(pushed.documents(), "Composition"))
        .extracting(composition -> composition.at("/spec/pipeline/0/functionRef/name").asText())
        .hasSize(3)
        .containsOnly("acme-function-fleet-backup");
  }

  @Test
  void otherDependenciesAndFunctionsStayAsTheyAre() throws IOException {
    String yaml =
        """
        ---
        spec:
          dependsOn:
          - package: "xpkg.crossplane.io/other/provider-other"
            version: ">=v1"
          pipeline:
          - functionRef:
              name: "function-auto-ready"
        """;
    PackageYaml foreign = PackageYaml.parse(yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8));

    assertThat(foreign.installedFrom(Destination.parse("ghcr.io/acme"), "v1.2.3"))
        .isEqualTo(foreign);
  }

  @Test
  void writingAndReadingGiveTheSamePackage() throws IOException {
    PackageYaml configuration = sources(Product.CONFIGURATION);

    assertThat(PackageYaml.parse(configuration.bytes())).isEqualTo(configuration);
  }

  private static PackageYaml sources(Product product) throws IOException {
    return PackageYaml.ofSources(SOURCES.resolve(product.folder()), product.objects());
  }

  private static String kind(JsonNode document) {
    return document.path("kind").asText();
  }

  private static List<ObjectNode> all(List<ObjectNode> documents, String kind) {
    return documents.stream().filter(found -> kind(found).equals(kind)).toList();
  }
}
