package dev.kurator.backup.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the options of the image come to, in a process of its own. */
@Timeout(60)
class HeapCeilingTest {

  private static final int MIB = 1 << 20;

  @ParameterizedTest
  @CsvSource({"64g, 2048", "2g, 1024", "1g, 512", "512m, 256"})
  void theHeapIsHalfOfTheMemoryAndNeverMoreThanItsCeiling(String memory, int heap)
      throws Exception {
    String flags = flags(memory);
    assertThat(flags).contains("MaxHeapSize=" + (long) heap * MIB);
    assertThat(flags).contains("MaxDirectMemorySize=" + 128L * MIB);
    assertThat(flags).contains("MaxMetaspaceSize=" + 192L * MIB);
  }

  /** Without the blanks between names and values. */
  private static String flags(String memory) throws IOException, InterruptedException {
    Process java =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "@" + Path.of("..", "package", "provider", "java.options"),
                    "-XX:MaxRAM=" + memory,
                    "-XX:+PrintFlagsFinal",
                    "-version"))
            .redirectErrorStream(true)
            .start();
    String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(java.waitFor()).as(output).isZero();
    return output.replace(" ", "");
  }
}
