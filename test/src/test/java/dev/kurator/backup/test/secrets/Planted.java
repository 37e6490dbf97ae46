package dev.kurator.backup.test.secrets;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The content of a Secret, in the forms in which it may show: as it is, and within a longer text
 * that is encoded in base64, wherever in it.
 *
 * @param what it is, for messages
 * @param forms of which none may show
 */
public record Planted(String what, List<String> forms) {

  /** Shorter ones are found where they are not. */
  private static final int SHORTEST = 10;

  /** A content that is told from any other text by itself. */
  public static Planted of(String what, String value) {
    if (value.length() < SHORTEST) {
      throw new IllegalArgumentException(what + " is too short to be searched for");
    }
    return new Planted(
        what,
        Stream.concat(
                Stream.of(value),
                IntStream.range(0, 3)
                    .mapToObj(before -> encoded(value, before))
                    .filter(form -> form.length() >= SHORTEST))
            .distinct()
            .toList());
  }

  /** As base64 has it behind so many other bytes: the characters that these do not touch. */
  private static String encoded(String value, int before) {
    byte[] bytes = (" ".repeat(before) + value).getBytes(StandardCharsets.UTF_8);
    String text = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    int whole = bytes.length / 3 * 4;
    return text.substring(before == 0 ? 0 : before + 1, whole);
  }

  /** Whether a text holds it in any form. */
  public boolean isIn(String text) {
    return in(text).isPresent();
  }

  /** The form that a text holds, if it holds one. */
  Optional<String> in(String text) {
    return forms.stream().filter(text::contains).findFirst();
  }
}
