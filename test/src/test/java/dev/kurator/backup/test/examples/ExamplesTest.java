package dev.kurator.backup.test.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.function.offline.RenderCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Run with {@code -Dexamples.update=true} to write {@code expected.yaml} instead. */
class ExamplesTest {

  private static final Path EXAMPLES = Path.of("..", "examples");

  static List<Path> examples() throws IOException {
    try (Stream<Path> folders = Files.list(EXAMPLES)) {
      return folders.filter(folder -> Files.exists(folder.resolve("claim.yaml"))).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleRendersWhatItSays(Path example) throws IOException {
    StringWriter printed = new StringWriter();
    List<String> arguments = new ArrayList<>();
    arguments.add(example.resolve("claim.yaml").toString());
    arguments.addAll(List.of("--members", example.resolve("members.yaml").toString()));
    Path backup = example.resolve("backup.yaml");
    if (Files.exists(backup)) {
      arguments.addAll(List.of("--required", backup.toString()));
    }
    int exit =
        new CommandLine(new RenderCommand())
            .setOut(new PrintWriter(printed))
            .execute(arguments.toArray(String[]::new));
    assertThat(exit).isZero();
    Path expected = example.resolve("expected.yaml");
    if (Boolean.getBoolean("examples.update")) {
      Files.writeString(expected, printed.toString());
    }
    assertThat(expected).hasContent(printed.toString());
  }
}
