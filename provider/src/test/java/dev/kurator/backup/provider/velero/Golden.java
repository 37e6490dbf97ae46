package dev.kurator.backup.provider.velero;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Compares objects with a YAML file; {@code -Dgolden.update} writes the file instead. */
final class Golden {

  private static final Path FOLDER = Path.of("src/test/resources/velero");

  private Golden() {}

  static void check(String file, List<? extends HasMetadata> objects) {
    String yaml = objects.stream().map(Serialization::asYaml).collect(Collectors.joining());
    Path path = FOLDER.resolve(file);
    try {
      if (System.getProperty("golden.update") != null) {
        Files.createDirectories(FOLDER);
        Files.writeString(path, yaml);
      }
      assertThat(yaml).isEqualTo(Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
