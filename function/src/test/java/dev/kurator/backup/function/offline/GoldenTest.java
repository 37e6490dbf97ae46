package dev.kurator.backup.function.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Run with {@code -Dgolden.update=true} to write what comes out as what is expected. */
class GoldenTest {

  static List<GoldenCase> cases() throws IOException {
    return GoldenCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesWhatIsExpected(GoldenCase golden) throws IOException, BadFileException {
    String outcome = golden.outcome();
    Path expected = golden.folder().resolve("expected.yaml");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, outcome);
    }
    assertThat(outcome).as(golden.toString()).isEqualTo(Files.readString(expected));
  }
}
