package dev.kurator.backup.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTest {

  private static final PackageYaml ONE = yaml("kind: One");
  private static final PackageYaml OTHER = yaml("kind: Other");

  @TempDir private Path folder = Path.of("");

  @Test
  void theConfigLabelNamesTheLayerThatHoldsThePackage() throws IOException {
    Image image = Image.empty().with(PackageLayer.of(ONE));

    assertThat(image.config().at("/config/Labels").properties())
        .singleElement()
        .satisfies(
            label -> {
              assertThat(label.getKey())
                  .isEqualTo("io.crossplane.xpkg:" + image.layers().getFirst().digest());
              assertThat(label.getValue().asText()).isEqualTo("base");
            });
  }

  @Test
  void aSecondPackageReplacesTheFirst() throws IOException {
    Image runtime = new Image(Image.empty().config(), List.of());
    Image image = runtime.with(PackageLayer.of(ONE)).with(PackageLayer.of(OTHER));

    assertThat(image)
        .usingRecursiveComparison()
        .comparingOnlyFields("config")
        .isEqualTo(runtime.with(PackageLayer.of(OTHER)));
    assertThat(image.layers()).hasSize(1);
    assertThat(PackageLayer.read(image.packageLayer().orElseThrow())).isEqualTo(OTHER);
  }

  @Test
  void theSamePackageGivesTheSameBytes() throws IOException {
    assertThat(PackageLayer.of(ONE).layer().bytes())
        .isEqualTo(PackageLayer.of(ONE).layer().bytes());
    assertThat(PackageLayer.of(ONE).diffId()).isEqualTo(PackageLayer.of(ONE).diffId());
  }

  @Test
  void anArchiveGivesBackTheImageThatWasWritten() throws IOException {
    Image image = Image.empty().with(PackageLayer.of(ONE));
    Path file = folder.resolve("one.xpkg");
    Archive.write(image, "kurator/one:latest", file);

    try (Archive archive = Archive.open(file)) {
      assertThat(archive.image().config()).isEqualTo(image.config());
      assertThat(PackageLayer.read(archive.image().packageLayer().orElseThrow())).isEqualTo(ONE);
    }
  }

  @Test
  void writingAnArchiveTwiceGivesTheSameBytes() throws IOException {
    Image image = Image.empty().with(PackageLayer.of(ONE));
    Archive.write(image, "kurator/one:latest", folder.resolve("a"));
    Archive.write(image, "kurator/one:latest", folder.resolve("b"));

    assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
  }

  @Test
  void theManifestAnnotatesThePackageLayerAndNoOther() throws IOException {
    Layer base = Layer.of("base".getBytes(StandardCharsets.UTF_8));
    Image image = new Image(Image.empty().config(), List.of(base)).with(PackageLayer.of(ONE));

    JsonNode layers = Registry.manifest(image, base).path("layers");

    assertThat(layers.at("/0").has("annotations")).isFalse();
    assertThat(layers.at("/1/annotations/io.crossplane.xpkg").asText()).isEqualTo("base");
  }

  private static PackageYaml yaml(String text) {
    try {
      return PackageYaml.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsNoArchiveIsNamedInTheError() throws IOException {
    Path file = Files.writeString(folder.resolve("no.xpkg"), "no archive");

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> Archive.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no.xpkg");
  }
}
