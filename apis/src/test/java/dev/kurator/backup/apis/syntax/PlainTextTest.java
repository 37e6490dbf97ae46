package dev.kurator.backup.apis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainTextTest {

  @Test
  void linesAndCharactersThatSteerATerminalBecomeBlanks() {
    assertThat(PlainText.of("a\r\nb\u001b[31mc\u009bd\u202ee\u2028f\u0000g\ud800h"))
        .isEqualTo("a  b [31mc d e f g h");
  }

  @Test
  void whatIsPlainStaysAsItIs() {
    assertThat(PlainText.of("Grüße, 世界 😀: 3 < 4")).isEqualTo("Grüße, 世界 😀: 3 < 4");
    assertThat(PlainText.of("x".repeat(1024))).hasSize(1024).doesNotContain(".");
  }

  @Test
  void aLongTextEndsInDotsAndIsNotCutAgain() {
    String cut = PlainText.of("x".repeat(5_000_000));
    assertThat(cut).hasSize(1024).endsWith("x...");
    assertThat(PlainText.of(cut)).isEqualTo(cut);
    assertThat(PlainText.of("😀".repeat(2000))).hasSizeLessThanOrEqualTo(1024).endsWith("😀...");
  }

  @Test
  void aLongListTellsHowManyMoreThereAre() {
    List<String> cut = PlainText.of(Collections.nCopies(1000, "a\nb"));
    assertThat(cut).hasSize(16).startsWith("a b").endsWith("... and 985 more");
    assertThat(PlainText.of(cut)).isEqualTo(cut);
    assertThat(PlainText.of(List.of("a"))).containsExactly("a");
  }
}
