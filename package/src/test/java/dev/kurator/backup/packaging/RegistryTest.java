package dev.kurator.backup.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RegistryTest {

  private static final String MANIFEST = "/v2/acme/configuration-fleet-backup/manifests/v1.2.3";

  @Test
  void aPushedPackageIsWholeAndItsLayerAnnotated() throws IOException {
    try (RegistryStub stub = new RegistryStub()) {
      String pushed = push(stub);

      JsonNode manifest = new ObjectMapper().readTree(stub.manifest(MANIFEST));
      assertThat(manifest.at("/layers/0/annotations/io.crossplane.xpkg").asText())
          .isEqualTo("base");
      assertThat(manifest.at("/mediaType").asText())
          .isEqualTo("application/vnd.oci.image.manifest.v1+json");
      assertThat(stub.blobs)
          .containsOnlyKeys(
              manifest.at("/config/digest").asText(), manifest.at("/layers/0/digest").asText());
      assertThat(pushed)
          .startsWith(stub.name() + "/acme/configuration-fleet-backup@sha256:")
          .endsWith(Layer.sha256(stub.manifest(MANIFEST)).getHash());
    }
  }

  @Test
  void blobsThatTheRegistryHasAreNotSentAgain() throws IOException {
    try (RegistryStub stub = new RegistryStub()) {
      push(stub);
      int first = stub.uploads.get();
      push(stub);

      assertThat(first).isEqualTo(2);
      assertThat(stub.uploads).hasValue(first);
    }
  }

  @Test
  void aRegistryThatIsNotThereIsNamedInTheError() throws IOException {
    String gone;
    try (RegistryStub stub = new RegistryStub()) {
      gone = stub.name();
    }

    assertThatThrownBy(() -> push(gone)).isInstanceOf(IOException.class).hasMessageContaining(gone);
  }

  private static String push(RegistryStub stub) throws IOException {
    return push(stub.name());
  }

  private static String push(String registry) throws IOException {
    PackageYaml yaml = PackageYaml.parse("kind: Configuration".getBytes(StandardCharsets.UTF_8));
    Image image = Image.empty().with(PackageLayer.of(yaml));
    return new Registry(Destination.parse(registry + "/acme"))
        .push(Product.CONFIGURATION, image, "v1.2.3");
  }
}
