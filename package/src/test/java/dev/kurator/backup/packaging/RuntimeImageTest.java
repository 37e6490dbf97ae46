package dev.kurator.backup.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeImageTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void startsTheProgramWithItsOptionsAndWithoutTheirComments() throws IOException {
    Path options = Files.writeString(folder.resolve("java.options"), "# why\n-Xss1m\n\n -Da=b\n");

    assertThat(new RuntimeImage(Path.of("x/function-1.jar"), folder, options).entrypoint())
        .containsExactly("java", "-Xss1m", "-Da=b", "-jar", "/app/function-1.jar");
  }

  /** One that it does not know, or that is deprecated, would only show in a container. */
  @ParameterizedTest
  @ValueSource(strings = {"function", "provider"})
  void thisJavaTakesTheOptionsWithoutAWord(String program) throws Exception {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "@" + Path.of(program, "java.options").toAbsolutePath(),
                "--version")
            .redirectErrorStream(true)
            .start();
    String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(java.waitFor()).as(said).isZero();
    assertThat(said).doesNotContainIgnoringCase("warning");
  }
}
