package dev.kurator.backup.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    return command.execute(args);
  }

  @Test
  void helpNamesEveryFlagThatCrossplaneMayPass() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains("--debug", "--insecure", "--tls-certs-dir", "TLS_SERVER_CERTS_DIR")
        .contains("--address", "--max-recv-message-size", "--metrics-address", "render");
  }

  @Test
  void withoutCertificatesItServesOnlyWhenToldThatThisIsMeant() {
    assertThat(run("--address", "localhost:0", "--metrics-address", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--tls-certs-dir", "--insecure");
  }

  @Test
  void aFolderWithoutCertificatesIsTold() {
    assertThat(run("--tls-certs-dir", "no-such-folder", "--metrics-address", "0")).isEqualTo(1);
    assertThat(err.toString()).startsWith("cannot serve: ").contains("tls.crt");
  }

  @Test
  void aTakenAddressIsTold() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      String address = "0.0.0.0:" + taken.getLocalPort();

      assertThat(run("--insecure", "--address", address, "--metrics-address", "0")).isEqualTo(1);
      assertThat(err.toString()).startsWith("cannot serve: ").contains(address);
    }
  }

  @Test
  void badFlagsAreUsageErrors() {
    assertThat(run("--insecure", "--address", "nowhere")).isEqualTo(2);
    assertThat(err.toString()).contains("\"nowhere\" is not an address");
    assertThat(run("--insecure", "--max-recv-message-size", "0")).isEqualTo(2);
    assertThat(run("--insecure", "--max-recv-message-size", "4096")).isEqualTo(2);
    assertThat(run("--no-such-flag")).isEqualTo(2);
  }
}
