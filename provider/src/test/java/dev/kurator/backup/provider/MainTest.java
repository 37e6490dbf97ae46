package dev.kurator.backup.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line. Isolated, since it reads what the whole process logs. */
@Isolated
class MainTest {

  /** Ends at once, with the complaint that this rate is no rate. */
  private static final String NOT_STARTED = "--max-reconcile-rate=0";

  /** What it logs before it ends. */
  private static String log(String... arguments) {
    PrintStream before = System.err;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      assertThat(Main.program().execute(arguments)).isEqualTo(CommandLine.ExitCode.USAGE);
    } finally {
      System.setErr(before);
    }
    return captured.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--circuit-breaker-burst=500",
        "--circuit-breaker-refill-rate=5",
        "--circuit-breaker-burst=500 --circuit-breaker-refill-rate=5",
        "--circuit-breaker-burst=many"
      })
  void flagsOfAnEarlierReleaseAreIgnoredWithOneLine(String flags) {
    String[] arguments = (flags + " " + NOT_STARTED).split(" ");
    assertThat(log(arguments).lines().filter(line -> line.contains("circuit-breaker")))
        .singleElement()
        .asString()
        .contains("WARN", "ignored since 0.2")
        .satisfies(
            line ->
                Arrays.stream(flags.split(" "))
                    .map(flag -> flag.substring(0, flag.indexOf('=')))
                    .forEach(flag -> assertThat(line).contains(flag)));
  }

  @Test
  void aLeaseThatARequestMayOutliveIsRefused() {
    assertThat(log("--hub-lease=9s")).contains("--hub-lease is at least 10s");
  }

  @Test
  void withoutThemNothingIsSaid() {
    assertThat(log(NOT_STARTED)).doesNotContain("circuit-breaker");
  }

  @Test
  void helpDoesNotOfferThem() {
    StringWriter help = new StringWriter();
    Main.program().usage(new PrintWriter(help, true));
    assertThat(help.toString()).contains("--max-reconcile-rate").doesNotContain("circuit-breaker");
  }
}
