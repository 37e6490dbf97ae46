package dev.kurator.backup.apis.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Run with {@code -Dschemas.update=true} to write the files instead of comparing them. */
class GeneratedSchemasTest {

  private static final Path PACKAGE = Path.of("..", "package");

  @Test
  void checkedInSchemasAreThoseOfTheRecords() throws IOException {
    for (Map.Entry<String, String> file : Schemas.files().entrySet()) {
      Path path = PACKAGE.resolve(file.getKey());
      if (Boolean.getBoolean("schemas.update")) {
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
      assertThat(path)
          .as("run mvn -pl apis test -Dschemas.update=true")
          .hasContent(file.getValue());
    }
  }
}
