package dev.kurator.backup.function.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kurator.backup.function.wire.ServerOptions.Transport;
import dev.kurator.crossplane.fn.v1.FunctionRunnerServiceGrpc.FunctionRunnerServiceBlockingStub;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MutualTlsTest {

  @TempDir private static Path folder;

  private static Path server() {
    return folder.resolve("server");
  }

  @BeforeAll
  static void issueCertificates() throws IOException {
    Authority authority = new Authority();
    authority.issue(server());
    authority.issue(folder.resolve("client"));
    new Authority().issue(folder.resolve("stranger"));
  }

  @Test
  void answersACallerWithACertificateOfItsAuthority() throws IOException {
    try (Served served = Served.with(new Transport.MutualTls(server()))) {
      var stub = served.stub(server(), Optional.of(folder.resolve("client")));

      assertThat(Files.readString(server().resolve("tls.key")))
          .startsWith("-----BEGIN RSA PRIVATE KEY-----");
      assertThat(stub.runFunction(Requests.twoMembers().build()).getDesired().getResourcesMap())
          .hasSize(4);
    }
  }

  @Test
  void refusesACallerWithoutCertificate() throws IOException {
    try (Served served = Served.with(new Transport.MutualTls(server()))) {
      assertRefused(served.stub(server(), Optional.empty()));
    }
  }

  @Test
  void refusesACallerWithACertificateOfAnotherAuthority() throws IOException {
    try (Served served = Served.with(new Transport.MutualTls(server()))) {
      assertRefused(served.stub(server(), Optional.of(folder.resolve("stranger"))));
    }
  }

  @Test
  void refusesACallerWithoutTls() throws IOException {
    try (Served served = Served.with(new Transport.MutualTls(server()))) {
      assertRefused(served.stub());
    }
  }

  @Test
  void saysWhichCertificateIsMissing() {
    Path empty = folder.resolve("nothing-here");

    assertThatThrownBy(() -> Served.with(new Transport.MutualTls(empty)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tls.crt");
  }

  @Test
  void saysWhichFileHoldsNoKey() throws IOException {
    Path broken = new Authority().issue(folder.resolve("broken"));
    Files.writeString(broken.resolve("tls.key"), "no key");

    assertThatThrownBy(() -> Served.with(new Transport.MutualTls(broken)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tls.key holds no unencrypted private key");
  }

  private static void assertRefused(FunctionRunnerServiceBlockingStub stub) {
    assertThatThrownBy(() -> stub.runFunction(Requests.twoMembers().build()))
        .isInstanceOf(StatusRuntimeException.class)
        .extracting(e -> Status.fromThrowable(e).getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
  }
}
