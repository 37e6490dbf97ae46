package dev.kurator.backup.function.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

  @Test
  void readsAddressesAsGoProgramsWriteThem() {
    assertThat(HostPort.parse(":9443")).isEqualTo(new HostPort("", 9443));
    assertThat(HostPort.parse("0")).isEqualTo(new HostPort("", 0));
    assertThat(HostPort.parse("127.0.0.1:80")).isEqualTo(new HostPort("127.0.0.1", 80));
    assertThat(HostPort.parse("[::1]:80")).isEqualTo(new HostPort("::1", 80));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", "host", ":-1", ":65536", "host:http"})
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> HostPort.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("host:port");
  }
}
