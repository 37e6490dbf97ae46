package dev.kurator.backup.test.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlantedTest {

  private static final String VALUE = "planted-value-0815";

  private final Planted planted = Planted.of("it", VALUE);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void isFoundInBase64WhereverItBeginsAndEnds(int offset) {
    String text = "k".repeat(offset) + VALUE + "z".repeat(offset % 4);
    String once = encoded(text);

    assertThat(planted.isIn("data: " + once)).isTrue();
    assertThat(planted.isIn("data: " + encoded(text.replace("value", "other")))).isFalse();
  }

  @Test
  void isFoundAsItIs() {
    assertThat(planted.isIn("error: " + VALUE + " is wrong")).isTrue();
    assertThat(planted.isIn("error: planted-value-0816 is wrong")).isFalse();
  }

  @Test
  void whatIsShortIsRefused() {
    assertThatThrownBy(() -> Planted.of("it", "secret")).hasMessageContaining("too short");
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
