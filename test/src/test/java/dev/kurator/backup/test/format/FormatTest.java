package dev.kurator.backup.test.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Run with {@code -Dformat.apply=true} to rewrite the files instead of naming them. */
class FormatTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Formatter FORMATTER =
      new Formatter(JavaFormatterOptions.builder().formatJavadoc(true).build());

  @Test
  void everySourceFileIsFormatted() throws IOException, FormatterException {
    List<Path> unformatted = new ArrayList<>();
    for (Path file : sources()) {
      String found = Files.readString(file);
      String wanted = FORMATTER.formatSourceAndFixImports(found);
      if (found.equals(wanted)) {
        continue;
      }
      if (Boolean.getBoolean("format.apply")) {
        Files.writeString(file, wanted);
      } else {
        unformatted.add(ROOT.relativize(file));
      }
    }
    assertThat(unformatted).as("run ./format").isEmpty();
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !ROOT.relativize(file).toString().contains("target/"))
          .sorted()
          .toList();
    }
  }
}
